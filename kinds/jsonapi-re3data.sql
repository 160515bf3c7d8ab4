-- A repository of re3data: what it keeps is not listed here, so it is a record and no dataset.
select
  'record' as record_type,
  harvest.text_in(attributes -> 'repositoryName') as title,
  harvest.text_in(attributes -> 'description') as description,
  harvest.moment(attributes ->> 'created') as issued_at,
  attributes ->> 'created' as issued,
  harvest.moment(attributes ->> 'updated') as modified_at,
  attributes ->> 'updated' as modified,
  harvest.text_in(attributes #> '{institutions,0}') as publisher,
  harvest.address(attributes #>> '{institutions,0,url}') as publisher_uri,
  harvest.text_in(attributes -> 'repositoryContacts') as contact,
  harvest.text_in(attributes #> '{dataLicenses,0}') as license,
  harvest.address(attributes #>> '{dataLicenses,0,url}') as license_uri,
  attributes #>> '{dataAccesses,0,type}' as access_level,
  array(select * from harvest.each_text(attributes -> 'subjects')) as themes,
  array(select * from harvest.each_text(attributes -> 'keywords')) as keywords,
  harvest.language_tags(attributes -> 'repositoryLanguages') as languages,
  harvest.address(attributes ->> 'repositoryUrl') as landing_page,
  harvest.persistent_ids(array[raw ->> 'id']) as persistent_ids,
  jsonb_strip_nulls(jsonb_build_object('re3dataId', attributes -> 're3dataId', 'types', attributes -> 'types',
    'certificates', attributes -> 'certificates')) as extras,
  distributions
from (
  select raw -> 'attributes' as attributes, (
      select jsonb_strip_nulls(jsonb_agg(jsonb_build_object(
        'format', lower(coalesce(api ->> 'type', 'api')), 'access_url', harvest.address(coalesce(api ->> 'url', api ->> 'text')))))
      from jsonb_array_elements(harvest.list(raw #> '{attributes,apis}')) apis (api)
    ) as distributions
  offset 0
) parts
