-- Compares a batch of sources with those that are held, and writes nothing.
-- In:  sources bytea (as harvest/upsert-sources takes them); activate boolean (all become active)
-- Out: one row: added, updated, unchanged, rejected (another name holds the same portal), unlisted
with given as (
  select
    s.*,
    first_value(s.name) over (partition by s.kind, harvest.portal_of(s.url), s.options order by s.entry) as first_name
  from jsonb_to_recordset(convert_from(:?sources::bytea, 'UTF8')::jsonb) as s (
    entry integer, name text, kind text, url text, host text, title text, country text, language text, options jsonb,
    secret text, schedule text, is_active boolean)
),
-- Joined by what portal it is, as harvest/upsert-sources does: of each, all would be looked through.
other as (
  select distinct harvest.portal_of(o.url) as portal, o.kind, o.options, o.name
  from harvest.sources o
  where o.removed_at is null
),
held as (
  select distinct g.entry
  from given g
  left join harvest.sources h on h.name = g.name and h.removed_at is null
  join other o
    on o.portal = harvest.portal_of(g.url) and o.kind = g.kind and o.options = coalesce(g.options, h.options, '{}') and o.name <> g.name
),
compared as (
  select
    h.id is null as is_new,
    (h.kind, h.url) is distinct from (g.kind, g.url) and (
      g.first_name <> g.name or exists (select from held where held.entry = g.entry)) as is_held,
    (h.kind, h.url, h.host, h.title, h.country, h.language, h.options, h.secret, h.schedule, h.is_active)
      is distinct from (
        g.kind, g.url, g.host, coalesce(g.title, h.title), coalesce(g.country, h.country),
        coalesce(g.language, h.language), coalesce(g.options, h.options), coalesce(g.secret, h.secret),
        coalesce(g.schedule, h.schedule), :?activate::boolean or coalesce(g.is_active, h.is_active)) as is_other
  from given g
  left join harvest.sources h on h.name = g.name and h.removed_at is null
)
select
  count(*) filter (where is_new and not is_held) as added,
  count(*) filter (where not is_new and is_other and not is_held) as updated,
  count(*) filter (where not is_other and not is_held) as unchanged,
  count(*) filter (where is_held) as rejected,
  0 as unlisted
from compared
