-- Lists what a run refused or warned of, in the order in which it did.
-- In:  run bigint; is_admin boolean (null, false: without the records as they came); reason, severity text (null each: any); after text (page_key of the row before the first; null: the first);
--      most bigint (null: all)
-- Out: one row per record: reject, reason, severity, position, key, message, record, rejected_at, page_key
select
  j.id as reject, j.reason, j.severity, j.position, j.key, ops.without_secrets(j.message) as message,
  case when :?is_admin::boolean then j.record end as record, j.rejected_at, jsonb_build_array(j.id) as page_key
from ops.rejects j
where j.run_id = :?run::bigint
  and (:?reason::text is null or j.reason = :?reason)
  and (:?severity::text is null or j.severity = :?severity)
  and (:?after::text is null or j.id > (:?after::jsonb ->> 0)::bigint)
order by j.id
limit :?most::bigint
