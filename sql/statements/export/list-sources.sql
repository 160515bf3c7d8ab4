-- Lists the sources that are not removed, by name.
-- In:  nothing
-- Out: one row per source: name, kind, url, title, country, language, is_active, health, health_reason, created_at
select s.name, s.kind, w.url, s.title, s.country, s.language, s.is_active, s.health, w.health_reason, s.created_at
from harvest.sources s
join harvest.shown_sources w on w.id = s.id
where s.removed_at is null
order by s.name collate "C"
