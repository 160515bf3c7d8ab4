-- Keeps what new records mean from the page that brings them to the end of their walk, so that each is mapped once.

create type harvest.distribution as (
  title        text,
  format       text,
  media_type   text,
  access_url   text,
  download_url text,
  bytes        bigint,
  license      text
);
comment on type harvest.distribution is 'One form in which a dataset is to be had, with the columns of harvest.distributions.';

-- These are made anew with the functions, or are no longer there.
drop function if exists
  harvest.normal_distributions(jsonb), harvest.changed_fields(jsonb, jsonb), harvest.add_new_sides(bigint, text[], jsonb[]);
-- Taking columns out of JSON is cheap and making JSON is not: half of the time of a mapping went into it.
alter type harvest.mapping alter attribute distributions type harvest.distribution[];
comment on column harvest.mapping.distributions is 'In their order.';

-- What a crash of the server empties is mapped once more.
create unlogged table harvest.pending_mappings (
  source_id    bigint not null,
  key          text   not null,
  content_hash text   not null,
  mapped_by    text   not null,
  mapped       harvest.mapping,
  problem      text,
  constraint pending_mappings_pkey primary key (source_id, key)
);
comment on table harvest.pending_mappings is 'What records mean that have no dataset yet: their page mapped them, joining and settling read it here.';
comment on column harvest.pending_mappings.content_hash is 'Of the record that was mapped: another one is mapped anew.';
comment on column harvest.pending_mappings.mapped_by is 'harvest.mapper_of when it was mapped: of another one it says nothing.';
comment on column harvest.pending_mappings.problem is 'Why it could not be mapped.';
