-- Lists what the datasets of a source were and are, by key and time: a state lasts until the next one of its dataset begins.
-- In:  source_id bigint; since bigint (null: all; else those that this transaction or a later one wrote)
-- Out: one row per state: id, key, valid_from, valid_to (null: it was so still), is_retired, ended_by (what ended it), changed_fields,
--      is_noise, record_type, title, description, issued_at, issued, modified_at, modified, publisher, publisher_uri, contact, license,
--      license_uri, access_level, themes, keywords, spatial, bbox, temporal, temporal_from, temporal_to, languages, landing_page,
--      harvested_from, harvested_key, persistent_ids, platform_id, service_urls, extras, distributions (JSON), content_hash,
--      first_seen_at
with state as (
  select s.* from harvest.states_of(:?source_id::bigint, :?since::bigint) s
)
select
  s.dataset_id as id, s.key, s.valid_from, s.valid_to, s.is_retired, s.ended_by, s.changed_fields, s.is_noise,
  coalesce((m.d).record_type, n.record_type, 'dataset') as record_type, (m.d).title, (m.d).description, (m.d).issued_at, (m.d).issued,
  (m.d).modified_at, (m.d).modified, (m.d).publisher, (m.d).publisher_uri, (m.d).contact, (m.d).license, (m.d).license_uri,
  (m.d).access_level, coalesce((m.d).themes, '{}') as themes, coalesce((m.d).keywords, '{}') as keywords, (m.d).spatial, (m.d).bbox,
  (m.d).temporal, (m.d).temporal_from, (m.d).temporal_to, coalesce((m.d).languages, '{}') as languages, (m.d).landing_page,
  (m.d).harvested_from, (m.d).harvested_key, coalesce((m.d).persistent_ids, '{}') as persistent_ids, (m.d).platform_id,
  coalesce((m.d).service_urls, '{}') as service_urls, (m.d).extras, m.distributions, s.content_hash, n.first_seen_at
from state s
left join harvest.datasets n on n.id = s.dataset_id
cross join lateral (
  select
    case
      when s.state is null then n
      -- The catalogue has one theme, not several.
      else jsonb_populate_record(null::harvest.datasets, case jsonb_typeof(s.state -> 'themes')
        when 'string' then s.state || jsonb_build_object('themes', jsonb_build_array(s.state -> 'themes')) else s.state end)
    end as d,
    case
      when s.state is null then (
        select coalesce(jsonb_agg(jsonb_strip_nulls(to_jsonb(f) - 'dataset_id' - 'position') order by f.position), '[]')
        from harvest.distributions f
        where f.dataset_id = n.id)
      when jsonb_typeof(s.state -> 'distributions') = 'array' then s.state -> 'distributions'
      else '[]'
    end as distributions
  offset 0
) m
order by s.key, s.valid_from
