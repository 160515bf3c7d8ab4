-- Lists some sources whose last walk was answered, each of another host.
-- In:  host text (but those of this host); most integer (so many)
-- Out: one row per source, in any order: url
select a.url
from (
  select distinct on (s.host) s.url
  from harvest.sources s
  where s.is_active and s.health in ('ok', 'partial', 'flapping') and s.host <> :?host
  order by s.host, random()
) a
order by random()
limit :?most::integer
