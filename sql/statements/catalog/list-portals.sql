-- Lists the portals of the catalogue: how much each publishes and how fresh it is.
-- In:  country, region text (null each: any); after text (page_key of the row before the first; null: the first);
--      most bigint (null: all)
-- Out: one row per portal: domain, country, region, last_seen, datasets, retired, agencies, updated_at, page_key
select
  p.domain, p.country, p.region, p.last_seen, p.datasets, p.retired, p.agencies, p.updated_at, jsonb_build_array(p.domain) as page_key
from catalog.portals p
-- Those of the page are counted, not all of them.
where p.domain = any (array(
  select d.domain
  from catalog.socrata_domains d
  where (:?country::text is null or d.country = upper(:?country))
    and (:?region::text is null or d.region = :?region)
    and (:?after::text is null or d.domain collate "C" > :?after::jsonb ->> 0)
  order by d.domain collate "C"
  limit :?most::bigint))
order by p.domain collate "C"
