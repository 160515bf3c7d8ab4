-- What waits for its first version is fetched anew.

delete from policy.candidates where reason = 'first';
alter table policy.candidates
  drop constraint candidates_reason_known,
  add constraint candidates_reason_known check (
    reason in ('changed', 'shrunk', 'flapping', 'unsteady', 'foreign', 'language'));
comment on column policy.candidates.reason is
  'changed; shrunk: half of the text is missing; flapping: the page said this before, not long ago; unsteady: each fetch says '
  'something else; foreign: it shares almost nothing with the last version; language: it is in another one.';

alter table harvest.sources drop column losses;

alter table ops.nodes drop column cut_off_since;
