-- How datasets are found, and how those of the catalogue come to stand beside those of other portals.

-- What the server has, whichever it is: configurations have been added from version to version.
create or replace function harvest.search_configuration(tag text) returns text language sql stable parallel safe as $$
  select coalesce((
    select c.cfgname::text
    from (values
      ('ar', 'arabic'), ('ca', 'catalan'), ('da', 'danish'), ('de', 'german'), ('el', 'greek'), ('en', 'english'),
      ('es', 'spanish'), ('et', 'estonian'), ('eu', 'basque'), ('fi', 'finnish'), ('fr', 'french'), ('ga', 'irish'),
      ('hi', 'hindi'), ('hu', 'hungarian'), ('hy', 'armenian'), ('id', 'indonesian'), ('it', 'italian'), ('lt', 'lithuanian'),
      ('nb', 'norwegian'), ('ne', 'nepali'), ('nl', 'dutch'), ('nn', 'norwegian'), ('no', 'norwegian'), ('pt', 'portuguese'),
      ('ro', 'romanian'), ('ru', 'russian'), ('sr', 'serbian'), ('sv', 'swedish'), ('ta', 'tamil'), ('tr', 'turkish'),
      ('yi', 'yiddish')) as known (language, name)
    join pg_ts_config c on c.cfgname = known.name and c.cfgnamespace = 'pg_catalog'::regnamespace
    where known.language = split_part(lower(search_configuration.tag), '-', 1)
  ), 'simple')
$$;
comment on function harvest.search_configuration(text) is
  'The text search configuration of a language (BCP 47) that this server has; simple if none.';

create or replace function harvest.language_of_country(country text) returns text language sql immutable parallel safe as $$
  select known.language
  from (values
    ('en', '{US,GB,AU,NZ,IE}'::text[]), ('es', '{ES,MX,CO,AR,CL,PE,UY,EC,CR,PY,GT,DO,BO,VE,PA}'), ('fr', '{FR}'),
    ('de', '{DE,AT}'), ('it', '{IT}'), ('pt', '{PT,BR}'), ('nl', '{NL}'), ('da', '{DK}'), ('sv', '{SE}'), ('nb', '{NO}'),
    ('fi', '{FI}'), ('ru', '{RU}'), ('hu', '{HU}'), ('ro', '{RO}'), ('tr', '{TR}'), ('el', '{GR}'), ('id', '{ID}')
  ) as known (language, countries)
  where language_of_country.country = any (known.countries)
$$;
comment on function harvest.language_of_country(text) is
  'In what language portals of a country write, where there is one; NULL elsewhere, as for Canada.';

-- Only what changed: a document says of which state of its dataset it was made.
create or replace function harvest.fill_search(source bigint) returns bigint language plpgsql as $$
declare
  filled bigint;
  dropped bigint;
begin
  delete from harvest.search_documents s
  using harvest.datasets d
  where s.source_id = fill_search.source and d.id = s.dataset_id and d.retired_at is not null;
  get diagnostics dropped = row_count;
  with stale as materialized (
    select d.id, coalesce(d.languages[1], '') as language, coalesce(d.extras ->> 'country', '') as country
    from harvest.datasets d
    left join harvest.search_documents s on s.dataset_id = d.id
    where d.source_id = fill_search.source and d.retired_at is null and s.changed_at is distinct from d.changed_at
  ),
  -- Looked up once for each language and country that they name, not for each text of each of them.
  spoken as materialized (
    select
      named.language, named.country, coalesce(nullif(named.country, ''), o.country) as place,
      harvest.search_configuration(coalesce(
        nullif(named.language, ''), harvest.language_of_country(named.country), o.language, harvest.language_of_country(o.country)
      ))::regconfig as configuration
    from (select distinct stale.language, stale.country from stale) named
    join harvest.sources o on o.id = fill_search.source
  )
  insert into harvest.search_documents as held (dataset_id, source_id, language, country, title, document, modified_at, changed_at)
  select
    d.id, d.source_id, spoken.configuration::text, spoken.place, lower(coalesce(d.title, '')),
    setweight(to_tsvector(spoken.configuration, coalesce(d.title, '')), 'A')
    || setweight(to_tsvector(spoken.configuration, concat_ws(' | ', array_to_string(d.keywords, ' | '), d.publisher)), 'B')
    -- What no reader reads to its end is not worth the room; a document of more than a megabyte would be refused.
    || setweight(to_tsvector(spoken.configuration, left(coalesce(d.description, ''), 20000)), 'C')
    || setweight(to_tsvector('simple', left(concat_ws(' | ', d.key, d.platform_id, array_to_string(d.themes, ' | '), d.spatial), 5000)), 'D'),
    coalesce(d.modified_at, d.last_changed_at), d.changed_at
  from stale
  join spoken on spoken.language = stale.language and spoken.country = stale.country
  join harvest.datasets d on d.id = stale.id
  on conflict (dataset_id) do update
  set source_id = excluded.source_id, language = excluded.language, country = excluded.country, title = excluded.title,
      document = excluded.document, modified_at = excluded.modified_at, changed_at = excluded.changed_at;
  get diagnostics filled = row_count;
  return filled + dropped;
end;
$$;
comment on function harvest.fill_search(bigint) is 'Makes the datasets of a source findable as they are now; says how many documents that changed.';

-- In PL/pgSQL, so that the harvest stands without the catalogue: its tables are looked for when they are asked for.
create or replace function harvest.project_catalog(region text, out added bigint, out changed bigint) language plpgsql as $$
declare
  place bigint;
  keys text[];
begin
  added := 0;
  changed := 0;
  if to_regclass('catalog.versions') is null then
    return;
  end if;
  insert into harvest.sources (name, kind, url, host, title, language, is_active)
  select
    'socrata-' || region, 'socrata-discovery', format('https://api.%s.socrata.com/api/catalog/v1', region),
    format('api.%s.socrata.com', region), format('Socrata, region %s: walked by the catalogue', upper(region)),
    case region when 'us' then 'en' end, false
  where not exists (select from harvest.sources s where s.name = 'socrata-' || region and s.removed_at is null)
  on conflict (name) where removed_at is null do nothing;
  select s.id into place from harvest.sources s
  where s.name = 'socrata-' || region and s.kind = 'socrata-discovery' and s.removed_at is null
  for update;
  if place is null then
    return; -- the name is another source's
  end if;

  select array_agg(d.id), count(*) filter (where h.id is null), count(*) filter (where h.id is not null)
  into keys, added, changed
  from catalog.socrata_datasets d
  left join harvest.datasets h on h.source_id = place and h.key = d.id
  where d.region = project_catalog.region and h.changed_at is distinct from d.changed_at;
  if keys is null then
    return;
  end if;
  update harvest.sources s set health = 'ok' where s.id = place and s.health <> 'ok';

  with held as materialized (
    select h.id as dataset_id, h.key, h.changed_at from harvest.datasets h where h.source_id = place and h.key = any (keys)
  ),
  news as materialized (
    select held.dataset_id, held.key, v.valid_to, v.run_id, v.cause, v.changed_fields
    from held
    join catalog.versions v
      on v.region = project_catalog.region and v.dataset_id = held.key and v.valid_from >= held.changed_at
    where not v.is_noise and v.cause <> 'mapped'
  ),
  written as (
    insert into harvest.datasets as h (
      source_id, key, record_type, title, description, issued_at, modified_at, modified, publisher, license, themes, keywords,
      landing_page, harvested_from, platform_id, extras, content_hash, first_seen_at, changed_at, last_changed_at,
      retired_at, retired_reason, retired_run_id)
    select
      place, d.id,
      case when d.type in ('dataset', 'filter', 'map', 'file', 'href', 'federated_href') then 'dataset' else 'record' end,
      d.name, harvest.plain(d.description), d.created_at, d.updated_at,
      to_char(d.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), coalesce(d.agency, d.attribution), d.license,
      array_remove(array[d.category], null), d.tags, coalesce(d.permalink, d.link), d.domain, d.id,
      jsonb_strip_nulls(jsonb_build_object(
        'domain', d.domain, 'country', o.country, 'type', d.type, 'provenance', d.provenance)),
      d.content_hash, least(d.first_seen_at, d.changed_at), d.changed_at, least(d.last_changed_at, d.changed_at),
      d.retired_at, d.retired_reason, d.retired_run_id
    from catalog.socrata_datasets d
    left join catalog.socrata_domains o on o.domain = d.domain
    where d.region = project_catalog.region and d.id = any (keys)
    on conflict (source_id, key) do update
    set record_type = excluded.record_type, title = excluded.title, description = excluded.description,
        issued_at = excluded.issued_at, modified_at = excluded.modified_at, modified = excluded.modified,
        publisher = excluded.publisher, license = excluded.license, themes = excluded.themes, keywords = excluded.keywords,
        landing_page = excluded.landing_page, harvested_from = excluded.harvested_from, extras = excluded.extras,
        content_hash = excluded.content_hash, changed_at = excluded.changed_at,
        -- Noise, retirement and return do not count.
        last_changed_at = coalesce((
          select max(n.valid_to) from news n where n.key = excluded.key and n.cause in ('changed', 'undone')), h.last_changed_at),
        retired_at = excluded.retired_at, retired_reason = excluded.retired_reason, retired_run_id = excluded.retired_run_id
    returning h.id, h.key, h.first_seen_at
  ),
  crawl as (
    select r.id as run_id, r.started_at, lead(r.started_at, 1, 'infinity') over (order by r.started_at) as next_at
    from ops.runs r
    where r.room = 'catalog' and r.flow = 'crawl' and r.scope = project_catalog.region
  ),
  told as (
    select
      w.id as dataset_id, 'added' as change, '{}'::text[] as fields, coalesce(crawl.run_id, 0) as run_id,
      w.first_seen_at as changed_at
    from written w left join crawl on w.first_seen_at >= crawl.started_at and w.first_seen_at < crawl.next_at
    where not exists (select from held where held.key = w.key)
    union all
    select n.dataset_id, n.cause, n.changed_fields, n.run_id, n.valid_to from news n
  )
  insert into harvest.changes (dataset_id, source_id, change, fields, run_id, changed_at)
  select told.dataset_id, place, told.change, told.fields, told.run_id, told.changed_at
  from told
  order by told.changed_at, told.dataset_id;

  delete from harvest.distributions f
  using harvest.datasets h
  where h.source_id = place and h.key = any (keys) and f.dataset_id = h.id;
  -- What the platform serves of every table, and where any other asset is to be had.
  insert into harvest.distributions (dataset_id, position, format, media_type, access_url, download_url, license)
  select h.id, form.position, form.format, form.media_type, d.permalink, form.url, d.license
  from harvest.datasets h
  join catalog.socrata_datasets d on d.region = project_catalog.region and d.id = h.key
  cross join lateral (
    select 1 as position, 'csv' as format, 'text/csv' as media_type,
      format('https://%s/api/views/%s/rows.csv?accessType=DOWNLOAD', d.domain, d.id) as url
    where d.type in ('dataset', 'filter')
    union all
    select 2, 'json', 'application/json', format('https://%s/resource/%s.json', d.domain, d.id)
    where d.type in ('dataset', 'filter')
    union all
    select 1, null, d.raw #>> '{resource,blob_mime_type}', coalesce(d.link, d.permalink)
    where d.type in ('file', 'href', 'federated_href', 'map')
  ) form
  where h.source_id = place and h.key = any (keys);
end;
$$;
comment on function harvest.project_catalog(text) is
  'Copies the shared columns of the datasets of a region that changed since, without raw; their history stays in catalog.versions.';

create or replace function harvest.titles_like(words text, most integer) returns table (dataset_id uuid, likeness real)
language plpgsql stable as $$
declare
  home text := (
    select n.nspname from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_trgm');
begin
  if home is null then
    return;
  end if;
  -- Two letters of a word exchanged leave about half of what it is compared by.
  perform set_config('pg_trgm.word_similarity_threshold', '0.45', true);
  return query execute format($like$
    select s.dataset_id, %1$I.word_similarity($1, s.title)
    from harvest.search_documents s
    where $1 operator(%1$I.<%%) s.title
    order by 2 desc, s.dataset_id
    limit $2$like$, home) using lower(words), most;
end;
$$;
comment on function harvest.titles_like(text, integer) is
  'Datasets whose titles hold words spelled almost so, the likest first, at most so many (null: all); none where pg_trgm is not to be had.';

create or replace function harvest.refresh_search() returns table (source text, added bigint, changed bigint, documents bigint)
language plpgsql as $$
declare
  due record;
begin
  -- One at a time: who comes second finds nothing left to do.
  perform pg_advisory_xact_lock(hashtextextended('harvest/search', 0));
  for due in
    select 'socrata-' || r.scope as name, r.scope as region, max(r.id) as run_id
    from ops.runs r
    where r.room = 'catalog' and r.flow = 'crawl' and r.status <> 'running' and r.scope in ('us', 'eu')
    group by r.scope
    union all
    -- The last run of each, from an index: to go through all runs of a year each minute would be too much.
    select s.name, null, last.id
    from harvest.sources s
    cross join lateral (
      select r.id
      from ops.runs r
      where r.room = 'harvest' and r.flow = 'walk' and r.scope = s.name and r.status <> 'running'
      order by r.id desc
      limit 1
    ) last
    where s.removed_at is null
    order by 1
  loop
    continue when exists (
      select from harvest.search_runs f join harvest.sources s on s.id = f.source_id
      where s.name = due.name and s.removed_at is null and f.run_id >= due.run_id);
    source := due.name;
    added := 0;
    changed := 0;
    if due.region is not null then
      select p.added, p.changed into added, changed from harvest.project_catalog(due.region) p;
    end if;
    select harvest.fill_search(s.id) into documents from harvest.sources s where s.name = due.name and s.removed_at is null;
    insert into harvest.search_runs as f (source_id, run_id, filled_at)
    select s.id, due.run_id, now() from harvest.sources s where s.name = due.name and s.removed_at is null
    on conflict (source_id) do update set run_id = excluded.run_id, filled_at = excluded.filled_at;
    if added + changed + coalesce(documents, 0) > 0 then
      return next;
    end if;
  end loop;
end;
$$;
comment on function harvest.refresh_search() is
  'Copies what the catalogue crawled since, and makes findable what walks changed since; one row for each source of which something did.';

create or replace function harvest.filter_datasets(
  country text, format text, publisher text, license text, kind text, source text, since timestamptz)
returns setof harvest.datasets language sql stable as $$
  select d.*
  from harvest.datasets d
  join harvest.sources o on o.id = d.source_id
  where (o.removed_at is null or d.retired_at is not null)
    and (filter_datasets.country is null or coalesce(d.extras ->> 'country', o.country) = upper(filter_datasets.country))
    and (filter_datasets.kind is null or o.kind = filter_datasets.kind)
    and (filter_datasets.source is null or o.name = filter_datasets.source)
    and (filter_datasets.publisher is null or strpos(lower(d.publisher), lower(filter_datasets.publisher)) > 0)
    and (filter_datasets.license is null
      or strpos(lower(concat_ws(' ', d.license, d.license_uri)), lower(filter_datasets.license)) > 0)
    and (filter_datasets.since is null or coalesce(d.modified_at, d.last_changed_at) >= filter_datasets.since)
    and (filter_datasets.format is null or exists (
      select from harvest.distributions f
      where f.dataset_id = d.id and lower(filter_datasets.format) in (f.format, f.media_type, split_part(f.media_type, '/', 2))))
$$;
comment on function harvest.filter_datasets(text, text, text, text, text, text, timestamptz) is
  'Datasets that are as is asked, the retired ones too, of removed sources these alone; null each: any.';

create or replace function harvest.filter_documents(
  country text, format text, publisher text, license text, kind text, source text, since timestamptz)
returns setof harvest.search_documents language sql stable as $$
  select s.*
  from harvest.search_documents s
  where not exists (select from harvest.sources o where o.id = s.source_id and o.removed_at is not null)
    and (filter_documents.source is null
      or s.source_id = (select o.id from harvest.sources o where o.name = filter_documents.source and o.removed_at is null))
    and (filter_documents.kind is null
      or s.source_id in (select o.id from harvest.sources o where o.kind = filter_documents.kind))
    and (filter_documents.country is null or s.country = upper(filter_documents.country))
    and (coalesce(filter_documents.format, filter_documents.publisher, filter_documents.license, filter_documents.since::text) is null
      or exists (
        select from harvest.filter_datasets(
          null, filter_documents.format, filter_documents.publisher, filter_documents.license, null, null, filter_documents.since) d
        where d.id = s.dataset_id))
$$;
comment on function harvest.filter_documents(text, text, text, text, text, text, timestamptz) is
  'Documents of datasets, none of which is retired or of a source that was removed, that are as is asked; null each: any.';

-- The words are reduced in each language that there is, and looked for in the documents of that language: in titles first, for
-- what a hundred thousand say is not worth ranking to the last, and those whose title says it are the best of them. If nothing says
-- the words, they are perhaps misspelled. A plan for any filter would be good for none.
create or replace function harvest.best_datasets(
  words text, country text, format text, publisher text, license text, kind text, source text, since timestamptz, most integer)
returns table (dataset_id uuid, rank real, moment timestamptz, language text, matched text)
language plpgsql stable set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
begin
  if best_datasets.words is null then
    return query
    select d.id, 0::real, d.last_changed_at, null::text, 'all'
    from harvest.filter_datasets(
      best_datasets.country, best_datasets.format, best_datasets.publisher, best_datasets.license, best_datasets.kind,
      best_datasets.source, best_datasets.since) d
    where d.retired_at is null
    order by d.last_changed_at desc, d.id desc
    limit best_datasets.most;
    return;
  end if;
  return query
  with recursive spoken (language) as (
    (select s.language from harvest.search_documents s order by s.language limit 1)
    union all
    select (select s.language from harvest.search_documents s where s.language > spoken.language order by s.language limit 1)
    from spoken
    where spoken.language is not null
  ),
  asked as (
    select
      q.query, strpos(q.query::text, '!') > 0 as has_not, array_agg(spoken.language) as languages
    from spoken
    cross join lateral websearch_to_tsquery(spoken.language::regconfig, best_datasets.words) q (query)
    where spoken.language is not null
    group by q.query
  ),
  titled as materialized (
    select
      s.dataset_id, ts_rank('{0.05,0.15,0.4,1.0}', s.document, asked.query, 1) as rank, s.modified_at as moment, s.language
    from asked
    join harvest.filter_documents(
      best_datasets.country, best_datasets.format, best_datasets.publisher, best_datasets.license, best_datasets.kind,
      best_datasets.source, best_datasets.since) s
      on ts_filter(s.document, '{a}') @@ asked.query and s.language = any (asked.languages)
    where not asked.has_not or s.document @@ asked.query
    limit 10 * best_datasets.most
  ),
  -- None are looked for if enough titles say the words.
  others as (
    select
      s.dataset_id, ts_rank('{0.05,0.15,0.4,1.0}', s.document, asked.query, 1) as rank, s.modified_at as moment, s.language
    from asked
    join harvest.filter_documents(
      best_datasets.country, best_datasets.format, best_datasets.publisher, best_datasets.license, best_datasets.kind,
      best_datasets.source, best_datasets.since) s
      on s.document @@ asked.query and s.language = any (asked.languages)
    where (best_datasets.most is null or (select count(*) from titled) < best_datasets.most)
      and not exists (select from titled where titled.dataset_id = s.dataset_id)
    limit 10 * best_datasets.most
  )
  select f.dataset_id, f.rank, f.moment, f.language, 'words'
  from (select * from titled union all select * from others) f
  order by f.rank desc, f.moment desc, f.dataset_id desc
  limit best_datasets.most;
  if not found then
    return query
    select d.id, l.likeness, s.modified_at, s.language, 'title'
    -- With a filter all that are alike are looked through: the likest of all may not be among those that pass it.
    from harvest.titles_like(
      best_datasets.words,
      case
        when num_nulls(best_datasets.country, best_datasets.format, best_datasets.publisher, best_datasets.license,
          best_datasets.kind, best_datasets.source, best_datasets.since::text) = 7 then 1000
      end) l
    join harvest.search_documents s using (dataset_id)
    join harvest.filter_datasets(
      best_datasets.country, best_datasets.format, best_datasets.publisher, best_datasets.license, best_datasets.kind,
      best_datasets.source, best_datasets.since) d on d.id = s.dataset_id
    order by l.likeness desc, s.modified_at desc, s.dataset_id desc
    limit 1000;
  end if;
end;
$$;
comment on function harvest.best_datasets(text, text, text, text, text, text, text, timestamptz, integer) is
  'Datasets that are not retired and say these words, as a web search takes them, in any order; without words those that changed last. At most so many, the best of ten times as many; those whose title says the words are looked at first.';

drop function if exists harvest.match_datasets(text, text, text, text, text, text, text, timestamptz);

create or replace function harvest.headline(language text, words text, title text, description text) returns text
language sql stable as $$
  select case
    when words is null and length(description) > 200 then regexp_replace(left(description, 200), '\s+\S*$', '') || ' …'
    when words is null then coalesce(description, '')
    else ts_headline(language::regconfig, left(coalesce(description, title, ''), 5000),
      websearch_to_tsquery(language::regconfig, words), 'StartSel=<<, StopSel=>>, MaxFragments=1, MaxWords=25, MinWords=10')
  end
$$;
comment on function harvest.headline(text, text, text, text) is
  'Where a dataset says the words, between << and >>; without words the beginning of its description.';

create or replace function harvest.search(
  words text, country text, format text, publisher text, license text, kind text, source text, since timestamptz,
  most integer, skip integer)
returns table (dataset_id uuid, rank real, headline text, matched text)
language sql stable as $$
  select
    m.dataset_id, m.rank,
    harvest.headline(m.language, case when m.matched = 'words' then search.words end, d.title, d.description), m.matched
  from (
    select *
    from harvest.best_datasets(
      search.words, search.country, search.format, search.publisher, search.license, search.kind, search.source, search.since, 2000)
    order by rank desc, moment desc, dataset_id desc
    limit search.most offset search.skip
  ) m
  join harvest.datasets d on d.id = m.dataset_id
  order by m.rank desc, m.moment desc, m.dataset_id desc
$$;
comment on function harvest.search(text, text, text, text, text, text, text, timestamptz, integer, integer) is
  'Datasets that are not retired and say these words, as a web search takes them, the best 2,000, the best first; without words those that changed last.';
