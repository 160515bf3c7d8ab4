-- Lists some pages whose last check was answered, each of another host.
-- In:  host text (but those of this host); most integer (so many)
-- Out: one row per page, in any order: url
select a.url
from (
  select distinct on (s.host) s.url
  from policy.sources s
  where s.is_active and s.last_checked_at is not null and s.failures_in_a_row = 0 and s.host <> :?host
  order by s.host, random()
) a
order by random()
limit :?most::integer
