-- Finds the next page of a plan.
-- In:  plan uuid; after integer (the sequence of the page before; 0: the first)
-- Out: one row or none: sequence, records, raws, rejects, request, skipped: as catalog/upsert-page takes them
select p.sequence, p.records, p.raws, p.rejects::text as rejects, p.request::text as request, p.skipped
from catalog.planned_pages p
where p.plan_id = :?plan::uuid and p.sequence > :?after::integer
order by p.sequence
limit 1
