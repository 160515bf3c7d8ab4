-- A record of ISO 19139 as the decoder of XML gives it. Its paths are lax: one element reads as many do.
select
  case jsonb_path_query_first(raw, '$.hierarchyLevel.MD_ScopeCode."@codeListValue"') #>> '{}'
    when 'series' then 'series'
    when 'service' then 'service'
    when 'dataset' then 'dataset'
    when 'nonGeographicDataset' then 'dataset'
    else case when raw ? 'hierarchyLevel' then 'record' else 'dataset' end end as record_type,
  harvest.text_in(jsonb_path_query_first(info, '$.citation.CI_Citation.title.*')) as title,
  harvest.text_in(jsonb_path_query_first(info, '$.abstract.*')) as description,
  harvest.moment(issued) as issued_at,
  issued,
  harvest.moment(modified) as modified_at,
  modified,
  harvest.text_in(coalesce(
    jsonb_path_query_first(info, '$.pointOfContact.CI_ResponsibleParty ? (@.role.CI_RoleCode."@codeListValue" == "publisher").organisationName.*'),
    jsonb_path_query_first(info, '$.pointOfContact.CI_ResponsibleParty.organisationName.*'),
    jsonb_path_query_first(raw, '$.contact.CI_ResponsibleParty.organisationName.*'))) as publisher,
  harvest.text_in(coalesce(
    jsonb_path_query_first(info, '$.pointOfContact.CI_ResponsibleParty.contactInfo.CI_Contact.address.CI_Address.electronicMailAddress.*'),
    jsonb_path_query_first(raw, '$.contact.CI_ResponsibleParty.contactInfo.CI_Contact.address.CI_Address.electronicMailAddress.*'))) as contact,
  nullif(array_to_string(licences, E'\n'), '') as license,
  harvest.address(coalesce(
    jsonb_path_query_first(info, '$.resourceConstraints.MD_LegalConstraints.*.Anchor."@href"') #>> '{}',
    substring(array_to_string(licences, ' ') from 'https?://[^\s<>"]*[^\s<>".,;)]'))) as license_uri,
  case when info @? '$.resourceConstraints.MD_LegalConstraints.accessConstraints.MD_RestrictionCode ? (@."@codeListValue" == "restricted")'
    then 'restricted' end as access_level,
  array(select * from harvest.each_text(jsonb_path_query_array(info, '$.topicCategory.MD_TopicCategoryCode'))) as themes,
  array(select * from harvest.each_text(jsonb_path_query_array(info, '$.descriptiveKeywords.MD_Keywords.keyword.*'))) as keywords,
  nullif(array_to_string(harvest.texts(jsonb_path_query_array(info,
    '$.extent.EX_Extent.geographicElement.EX_GeographicDescription.geographicIdentifier.*.code.*')), ', '), '') as spatial,
  harvest.bbox(concat_ws(',', box #>> '{westBoundLongitude,Decimal}', box #>> '{southBoundLatitude,Decimal}',
    box #>> '{eastBoundLongitude,Decimal}', box #>> '{northBoundLatitude,Decimal}')) as bbox,
  nullif(concat_ws('/', begun, ended), '') as temporal,
  harvest.moment(begun)::date as temporal_from,
  harvest.moment(ended)::date as temporal_to,
  harvest.language_tags(coalesce(jsonb_path_query_first(info, '$.language.LanguageCode."@codeListValue"'),
    jsonb_path_query_first(info, '$.language.*'), jsonb_path_query_first(raw, '$.language.LanguageCode."@codeListValue"'))) as languages,
  coalesce(
    harvest.address(jsonb_path_query_first(raw, '$.distributionInfo.MD_Distribution.transferOptions.MD_DigitalTransferOptions.onLine.CI_OnlineResource ? (@.protocol.CharacterString like_regex "metadata-URL").linkage.URL') #>> '{}'),
    harvest.address(jsonb_path_query_first(info, '$.citation.CI_Citation.identifier.*.code.*') #>> '{}')) as landing_page,
  harvest.text_in(jsonb_path_query_first(info, '$.citation.CI_Citation.identifier.*.code.*')) as harvested_key,
  harvest.persistent_ids(harvest.texts(jsonb_path_query_array(info, '$.citation.CI_Citation.identifier.*.code.*'))) as persistent_ids,
  array(select * from harvest.each_service_url(distributions)) as service_urls,
  nullif(jsonb_strip_nulls(jsonb_build_object(
    'lineage', jsonb_path_query_first(raw, '$.dataQualityInfo.DQ_DataQuality.lineage.LI_Lineage.statement.CharacterString'),
    'parentIdentifier', jsonb_path_query_first(raw, '$.parentIdentifier.*'),
    'spatialRepresentationType', jsonb_path_query_first(info, '$.spatialRepresentationType.*."@codeListValue"'))), '{}') as extras,
  distributions
from (
  select
    info,
    coalesce(
      jsonb_path_query_first(info, '$.citation.CI_Citation.date.CI_Date ? (@.dateType.*."@codeListValue" == "publication").date.*'),
      jsonb_path_query_first(info, '$.citation.CI_Citation.date.CI_Date ? (@.dateType.*."@codeListValue" == "creation").date.*')) #>> '{}' as issued,
    coalesce(
      jsonb_path_query_first(info, '$.citation.CI_Citation.date.CI_Date ? (@.dateType.*."@codeListValue" == "revision").date.*'),
      jsonb_path_query_first(raw, '$.dateStamp.*')) #>> '{}' as modified,
    jsonb_path_query_first(info, '$.extent.EX_Extent.geographicElement.EX_GeographicBoundingBox') as box,
    jsonb_path_query_first(info, '$.extent.EX_Extent.temporalElement.*.extent.*.beginPosition') #>> '{}' as begun,
    jsonb_path_query_first(info, '$.extent.EX_Extent.temporalElement.*.extent.*.endPosition') #>> '{}' as ended,
    harvest.texts(coalesce(
      nullif(jsonb_path_query_array(info,
        '$.resourceConstraints.MD_LegalConstraints ? (exists(@.useConstraints)).otherConstraints.*'), '[]'),
      jsonb_path_query_array(info, '$.resourceConstraints.*.useLimitation.*'))) as licences,
    (
      select jsonb_strip_nulls(jsonb_agg(jsonb_build_object(
        'title', harvest.text_in(coalesce(online #> '{name,CharacterString}', online #> '{description,CharacterString}')),
        'format', lower(online #>> '{protocol,CharacterString}'),
        'media_type', online #>> '{name,MimeFileType,@type}',
        'access_url', harvest.address(online #>> '{linkage,URL}'))))
      from jsonb_path_query(raw,
        '$.distributionInfo.MD_Distribution.transferOptions.MD_DigitalTransferOptions.onLine.CI_OnlineResource') online
    ) as distributions
  from (
    select coalesce(
      jsonb_path_query_first(raw, '$.identificationInfo.MD_DataIdentification'),
      jsonb_path_query_first(raw, '$.identificationInfo.SV_ServiceIdentification')) as info
    offset 0
  ) identified
  offset 0
) parts
