-- Counts the datasets of a source, and how many of them its catalogues of DCAT have and leave out.
-- In:  source text (its name)
-- Out: one row, or none if there is no such source: source, datasets, dcat_us, dcat_us_left_out, dcat_ap, dcat_ap_left_out
select
  o.name as source, count(d.id) as datasets,
  count(d.id) filter (where l.us is null) as dcat_us,
  count(d.id) filter (where l.us is not null) as dcat_us_left_out,
  count(d.id) filter (where l.ap is null) as dcat_ap,
  count(d.id) filter (where l.ap is not null) as dcat_ap_left_out
from harvest.sources o
left join harvest.datasets d on d.source_id = o.id and d.retired_at is null
left join harvest.records r on r.source_id = d.source_id and r.key = d.key
-- Each is judged once.
left join lateral (
  select harvest.lacks_for_dcat_us(d, r.raw) as us, harvest.lacks_for_dcat_ap(d) as ap offset 0
) l on true
where o.name = :?source and o.removed_at is null
group by o.id
