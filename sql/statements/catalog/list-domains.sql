-- Lists the domains that own assets, and when a crawl last met them.
-- In:  country, region text (null each: any); after text (page_key of the row before the first; null: the first);
--      most bigint (null: all)
-- Out: one row per domain: domain, country, region, last_seen, page_key
select d.domain, d.country, d.region, d.last_seen, jsonb_build_array(d.domain) as page_key
from catalog.socrata_domains d
where (:?country::text is null or d.country = upper(:?country))
  and (:?region::text is null or d.region = :?region)
  and (:?after::text is null or d.domain collate "C" > :?after::jsonb ->> 0)
order by d.domain collate "C"
limit :?most::bigint
