-- A node whose network is gone says so: it claims nothing until that is back. And a first text that is short waits for a second fetch.

alter table ops.nodes add column cut_off_since timestamptz;
comment on column ops.nodes.cut_off_since is 'Since when it reaches no source, and claims nothing; null if it does.';

alter table policy.candidates
  drop constraint candidates_reason_known,
  add constraint candidates_reason_known check (
    reason in ('changed', 'shrunk', 'flapping', 'unsteady', 'foreign', 'language', 'first'));
comment on column policy.candidates.reason is
  'changed; shrunk: half of the text is missing; flapping: the page said this before, not long ago; unsteady: each fetch says '
  'something else; foreign: it shares almost nothing with the last version; language: it is in another one; first: it is short, '
  'and there is no version yet that it could be compared with.';
