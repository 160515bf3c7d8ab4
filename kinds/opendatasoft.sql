-- A dataset of Opendatasoft 2.1. Metadata nest by template: metas.default, metas.dcat, metas.inspire; a federated one is named id@portal.
select
  'dataset' as record_type,
  coalesce(harvest.text_in(meta -> 'title', (source).language), raw ->> 'dataset_id') as title,
  harvest.text_in(meta -> 'description', (source).language) as description,
  harvest.moment(coalesce(dcat ->> 'issued', dcat ->> 'created')) as issued_at,
  coalesce(dcat ->> 'issued', dcat ->> 'created') as issued,
  harvest.moment(meta ->> 'modified') as modified_at,
  meta ->> 'modified' as modified,
  coalesce(harvest.text_in(meta -> 'publisher'), harvest.text_in(dcat -> 'creator')) as publisher,
  coalesce(nullif(dcat ->> 'contact_email', ''), nullif(dcat ->> 'contact_name', '')) as contact,
  harvest.text_in(meta -> 'license') as license,
  harvest.address(meta ->> 'license_url') as license_uri,
  case raw ->> 'visibility' when 'domain' then 'public' else raw ->> 'visibility' end as access_level,
  array(select * from harvest.each_text(meta -> 'theme')) as themes,
  array(select * from harvest.each_text(meta -> 'keyword')) as keywords,
  coalesce(harvest.text_in(dcat -> 'spatial'), nullif(array_to_string(harvest.texts(meta -> 'territory'), ', '), '')) as spatial,
  harvest.bbox(coalesce(meta -> 'geographic_area' -> 'geometry', meta -> 'bbox' -> 'geometry')) as bbox,
  dcat ->> 'temporal' as temporal,
  harvest.moment(dcat ->> 'temporal_coverage_start')::date as temporal_from,
  harvest.moment(dcat ->> 'temporal_coverage_end')::date as temporal_to,
  harvest.language_tags(meta -> 'language') as languages,
  (source).url || '/explore/dataset/' || (raw ->> 'dataset_id') || '/' as landing_page,
  -- A federated dataset is a view of another portal's.
  coalesce(harvest.text_in(meta -> 'source_domain_address'), harvest.text_in(meta -> 'source_domain'), harvest.text_in(meta -> 'parent_domain'),
    nullif(split_part(raw ->> 'dataset_id', '@', 2), '')) as harvested_from,
  coalesce(harvest.text_in(meta -> 'source_dataset'),
    case when raw ->> 'dataset_id' like '%@%' then split_part(raw ->> 'dataset_id', '@', 1) end) as harvested_key,
  harvest.persistent_ids(array[dcat ->> 'doi', raw #>> '{metas,datacite,doi}', meta ->> 'doi']) as persistent_ids,
  array(select * from harvest.each_service_url(distributions)) as service_urls,
  jsonb_strip_nulls(jsonb_build_object('dataset_uid', raw -> 'dataset_uid', 'records_count', meta -> 'records_count',
    'accrualperiodicity', dcat -> 'accrualperiodicity', 'attributions', meta -> 'attributions')) as extras,
  distributions
from (
  select raw #> '{metas,default}' as meta, coalesce(raw #> '{metas,dcat}', '{}') || coalesce(raw #> '{metas,dcat_ap}', '{}') as dcat, (
      select jsonb_strip_nulls(jsonb_agg(jsonb_build_object(
        'title', harvest.text_in(form -> 'title'),
        'format', lower(coalesce(form ->> 'format', substring(form ->> 'title' from '\.([A-Za-z0-9]{2,8})$'))),
        'media_type', form ->> 'mimetype',
        'download_url', harvest.address(form ->> 'url'))))
      from jsonb_array_elements(
        -- Any dataset with records is to be had in each of these forms.
        case when raw -> 'has_records' = 'true' and (source).url is not null then (
          select jsonb_agg(jsonb_build_object('title', upper(format), 'format', format, 'url',
            (source).url || '/api/explore/v2.1/catalog/datasets/' || (raw ->> 'dataset_id') || '/exports/' || format))
          from unnest(array['csv', 'json', 'xlsx', 'parquet']) format) else '[]' end
        || harvest.list(raw -> 'attachments') || harvest.list(raw -> 'alternative_exports')) forms (form)
    ) as distributions
  offset 0
) parts
