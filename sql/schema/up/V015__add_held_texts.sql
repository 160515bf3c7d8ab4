-- A text that may be of another page is held with its words, for an operator to look at, and operators are told of it.

alter table policy.candidates
  add column raw_text text,
  drop constraint candidates_reason_known,
  add constraint candidates_reason_known check (
    reason in ('changed', 'shrunk', 'flapping', 'unsteady', 'foreign', 'language'));
comment on column policy.candidates.reason is
  'changed; shrunk: half of the text is missing; flapping: the page said this before, not long ago; unsteady: each fetch says '
  'something else; foreign: it shares almost nothing with the last version; language: it is in another one.';
comment on column policy.candidates.raw_text is 'What it says, for people; null if it was held before it was kept.';

alter table policy.notices
  drop constraint notices_kind_known,
  drop constraint notices_failing_with_a_cause,
  add constraint notices_kind_known check (kind in ('failing', 'held', 'recovered')),
  add constraint notices_trouble_with_a_cause check ((kind <> 'recovered') = (cause is not null));
comment on table policy.notices is
  'What operators are told of a source, once: that it keeps failing, that what came is held for them, that it recovered.';
