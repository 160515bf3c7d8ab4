-- Lists the agencies that publish, host by host.
-- In:  host, type text (null each: any); q text (in their names; null: any); after text (page_key of the row before the first; null:
--      the first); most bigint (null: all)
-- Out: one row per agency: host, name, type, page_key
select a.host, a.name, a.type, jsonb_build_array(a.host, a.name) as page_key
from catalog.socrata_agencies a
where (:?host::text is null or a.host = :?host)
  and (:?type::text is null or a.type = :?type)
  and (:?q::text is null or strpos(lower(a.name), lower(:?q)) > 0)
  and (:?after::text is null or (a.host collate "C", a.name collate "C") > (:?after::jsonb ->> 0, :?after::jsonb ->> 1))
order by a.host collate "C", a.name collate "C"
limit :?most::bigint
