-- Forgets the plans of the catalogue.

drop function if exists catalog.outcomes_of_plan(uuid), catalog.seen_by_plan(uuid), catalog.base_of(text);

drop table catalog.planned_pages, catalog.plans;
