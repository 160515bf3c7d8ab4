-- Lists the changes, the latest first.
-- In:  source uuid; country text (null each: any); since timestamptz (null: all); is_technical boolean (true: those too that only other
--      rules or another way to read made); after text (page_key of the row before the first; null: the first);
--      most bigint (null: all)
-- Out: one row per change: change, source, name, country, visa_type, url, old_version, new_version, detected_at, is_technical,
--      added, removed (lines), page_key
select
  c.change_id as change, c.source_id as source, c.name, c.country, c.visa_type, c.url, c.old_sequence as old_version,
  c.new_sequence as new_version, c.detected_at, c.is_technical, c.added, c.removed,
  jsonb_build_array(c.detected_at, c.change_id) as page_key
from policy.changes c
where (:?source::uuid is null or c.source_id = :?source::uuid)
  and (:?country::text is null or c.country = upper(:?country))
  and (:?since::timestamptz is null or c.detected_at >= :?since::timestamptz)
  and (not c.is_technical or :?is_technical::boolean)
  and (:?after::text is null
    or (c.detected_at, c.change_id) < ((:?after::jsonb ->> 0)::timestamptz, (:?after::jsonb ->> 1)::uuid))
order by c.detected_at desc, c.change_id desc
limit :?most::bigint
