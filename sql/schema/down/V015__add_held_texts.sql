-- What is held for an operator is forgotten: if the page still says so, it is a candidate like any other.

delete from policy.notices where kind = 'held';
alter table policy.notices
  drop constraint notices_kind_known,
  drop constraint notices_trouble_with_a_cause,
  add constraint notices_kind_known check (kind in ('failing', 'recovered')),
  add constraint notices_failing_with_a_cause check ((kind = 'failing') = (cause is not null));
comment on table policy.notices is 'What operators are told of a source, once: that it keeps failing, and that it recovered.';

delete from policy.candidates where reason in ('foreign', 'language');
alter table policy.candidates
  drop column raw_text,
  drop constraint candidates_reason_known,
  add constraint candidates_reason_known check (reason in ('changed', 'shrunk', 'flapping', 'unsteady'));
comment on column policy.candidates.reason is
  'changed; shrunk: half of the text is missing; flapping: the page said this before, not long ago; unsteady: each fetch says something else.';
