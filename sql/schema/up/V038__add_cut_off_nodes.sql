-- Lets nodes say that their network is gone, short first texts wait for a second fetch, and sources count walks that lost the database.

alter table ops.nodes add column cut_off_since timestamptz;
comment on column ops.nodes.cut_off_since is 'Since when it reaches no source, and claims nothing; null if it does.';

alter table harvest.sources add column losses integer not null default 0;
comment on column harvest.sources.losses is 'So many of its last walks in a row lost the database; the end of any other walk sets it to 0.';

alter table policy.candidates
  drop constraint candidates_reason_known,
  add constraint candidates_reason_known check (
    reason in ('changed', 'shrunk', 'flapping', 'unsteady', 'foreign', 'language', 'first'));
comment on column policy.candidates.reason is
  'changed; shrunk: half of the text is missing; flapping: the page said this before, not long ago; unsteady: each fetch says '
  'something else; foreign: it shares almost nothing with the last version; language: it is in another one; first: it is short, '
  'and there is no version yet that it could be compared with.';
