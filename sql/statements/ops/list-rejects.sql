-- Lists what a run refused or warned of, the most frequent reason first.
-- In:  run bigint; each integer (so many of each reason; null: all); most integer
-- Out: one row per record: reason, severity, of_reason (records of that reason), position, key, message, record
with refused as (
  select j.reason, j.severity, j.position, j.key, j.message, j.record,
    count(*) over (partition by j.reason, j.severity) as of_reason,
    row_number() over (partition by j.reason, j.severity order by j.id) as place
  from ops.rejects j
  where j.run_id = :?run::bigint
)
select reason, severity, of_reason, position, key, message, record
from refused
where :?each::integer is null or place <= :?each::integer
order by of_reason desc, reason, severity, place
limit :?most::integer
