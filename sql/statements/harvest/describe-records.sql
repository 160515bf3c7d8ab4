-- Describes what records of a source would mean by the mapping of a kind; neither need be held, and nothing is kept.
-- In:  name text (of the kind); hash text (SHA-256 of the mapping); declaration jsonb; mapping text (the select); source jsonb
--      {name, url, host, title, country, language, options}; records jsonb [{key, raw}]
-- Out: one row per record: key, title, publisher, modified, license, formats, mapped (all that is known, as JSON), problem (why
--      it cannot be mapped)
select
  p.key, (p.mapped).title, (p.mapped).publisher, coalesce((p.mapped).modified_at::text, (p.mapped).modified) as modified,
  (p.mapped).license,
  (
    select string_agg(distinct d.format, ', ') from unnest((p.mapped).distributions) d
  ) as formats,
  jsonb_strip_nulls(to_jsonb(p.mapped))::text as mapped, p.problem
from harvest.preview(:?name, :?hash, :?declaration::jsonb, :?mapping, :?source::jsonb, :?records::jsonb) p
