-- Forgets what pending records mean: joining and settling map them again.

drop table harvest.pending_mappings;
drop function if exists
  harvest.normal_distributions(jsonb), harvest.changed_fields(harvest.mapping, harvest.mapping), harvest.mapper_of(bigint),
  harvest.mapped_records(bigint, text[]);
alter type harvest.mapping alter attribute distributions type jsonb;
comment on column harvest.mapping.distributions is '[{title, format, media_type, access_url, download_url, bytes, license}], in their order.';
drop type harvest.distribution;
