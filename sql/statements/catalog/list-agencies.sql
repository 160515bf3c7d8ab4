-- Lists the agencies of a region: the spelling of a name that came first is the one that stays.
-- In:  region text
-- Out: one row per agency: host, name, name_key
select a.host, a.name, a.name_key
from catalog.socrata_agencies a
join catalog.socrata_hosts h using (host)
where h.region = :?region
