-- What the mappings of kinds/*.sql have in common: how a portal's words are read. None of them raises an error on what a
-- record says; what cannot be read is NULL.

create or replace function harvest.plain(written text) returns text
language sql immutable parallel safe as $$
  select nullif(btrim(case
    when written !~ '[<&]' then written
    else
      replace(replace(replace(replace(replace(replace(replace(
        regexp_replace(
          regexp_replace(written, '<(script|style)\M.*?</\1\s*>', ' ', 'gi'),
          '<[/!]?[a-zA-Z-][^<>]*>', ' ', 'g'),
        '&nbsp;', ' '), '&lt;', '<'), '&gt;', '>'), '&quot;', '"'), '&#39;', ''''), '&apos;', ''''), '&amp;', '&')
  end, E' \t\r\n\u00a0'), '')
$$;
comment on function harvest.plain(text) is 'Text without HTML, trimmed; NULL if nothing is left.';

create or replace function harvest.moment(written text, zone text default 'UTC') returns timestamptz
language plpgsql immutable strict parallel safe as $$
declare
  -- Days above 28 and offsets are left to the cast, which may refuse them.
  plain constant text := '^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])'
    || '([T ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?)?(Z|[+-](0\d|1[0-3])(:?[0-5]\d)?)?$';
  known constant text := '^\d{4}-\d\d?-\d\d?([T ]\d\d?:\d\d(:\d\d(\.\d+)?)?)?\s*(Z|z|UTC|GMT|[+-]\d\d(:?\d\d)?)?$';
  rfc_1123 constant text := '^[A-Za-z]{3},? \d\d?[ -][A-Za-z]{3}[ -]\d{4} \d\d:\d\d:\d\d( (GMT|UTC|Z|[+-]\d{4}))?$';
  has_zone constant text := '(Z|z|UTC|GMT|\d[T ]\d.*[+-]\d\d(:?\d\d)?)$';
  stripped text := btrim(written);
begin
  if stripped ~ plain then
    return case when stripped ~ has_zone then stripped::timestamptz else stripped::timestamp at time zone zone end;
  elsif stripped = '' or left(stripped, 1) = 'R' then
    return null;
  end if;
  if stripped ~ '^\d{4}$' then
    return case when stripped > '0000' then (stripped || '-01-01')::timestamp at time zone zone end;
  elsif stripped ~ '^\d{4}-(0[1-9]|1[0-2])$' then
    return case when stripped > '0001' then (stripped || '-01')::timestamp at time zone zone end;
  elsif stripped ~ '^-?\d{11,14}$' then
    return to_timestamp(stripped::bigint / 1000.0);
  elsif stripped ~ known or stripped ~ rfc_1123 then
    return case when stripped ~ has_zone or stripped ~ '^[A-Za-z].*[+-]\d{4}$' then stripped::timestamptz
      else stripped::timestamp at time zone zone end;
  end if;
  return null;
exception when data_exception then
  return null;
end;
$$;
comment on function harvest.moment(text, text) is
  'A date, a moment of ISO 8601 or RFC 1123, a year, a month or milliseconds since 1970; NULL if it is none, such as a repetition R/P1Y.';

create or replace function harvest.language_tag(written text) returns text
language sql immutable strict parallel safe as $$
  -- What ISO 639-2 calls otherwise than BCP 47, in the languages that portals of ISO 19139 and DCAT-AP are written in.
  select case
    when base ~ '^[a-z]{3}$' then coalesce(short, base) || rest
    when base ~ '^[a-z]{2}$' then base || rest
  end
  from (
    select lower((m)[1]) as base,
      case when (m)[2] ~ '^[A-Za-z]{2}$' then '-' || upper((m)[2])
        when (m)[2] ~ '^[A-Za-z]{4}$' then '-' || initcap((m)[2])
        when (m)[2] ~ '^\d{3}$' then '-' || (m)[2]
        else '' end as rest
    from regexp_match(btrim(written), '(?:^|/)([A-Za-z]{2,3})(?:[-_]([A-Za-z]{2}|[A-Za-z]{4}|\d{3}))?(?:[-_.@].*)?$') m
  ) tag
  left join lateral (
    select '{"aar":"aa","alb":"sq","ara":"ar","arm":"hy","aze":"az","baq":"eu","bel":"be","ben":"bn","bos":"bs","bre":"br",
      "bul":"bg","bur":"my","cat":"ca","ces":"cs","chi":"zh","cze":"cs","cym":"cy","dan":"da","deu":"de","dut":"nl",
      "ell":"el","eng":"en","est":"et","eus":"eu","fao":"fo","fas":"fa","fin":"fi","fra":"fr","fre":"fr","fry":"fy",
      "geo":"ka","ger":"de","gle":"ga","glg":"gl","gre":"el","heb":"he","hin":"hi","hrv":"hr","hun":"hu","hye":"hy",
      "ice":"is","ind":"id","isl":"is","ita":"it","jpn":"ja","kat":"ka","kor":"ko","lat":"la","lav":"lv","lit":"lt",
      "ltz":"lb","mac":"mk","may":"ms","mkd":"mk","mlt":"mt","msa":"ms","nld":"nl","nno":"nn","nob":"nb","nor":"no",
      "oci":"oc","per":"fa","pol":"pl","por":"pt","roh":"rm","ron":"ro","rum":"ro","rus":"ru","slk":"sk","slo":"sk",
      "slv":"sl","spa":"es","sqi":"sq","srp":"sr","swa":"sw","swe":"sv","tha":"th","tur":"tr","ukr":"uk","vie":"vi",
      "wel":"cy","zho":"zh"}'::jsonb ->> base as short
  ) iso on true
$$;
comment on function harvest.language_tag(text) is
  'A tag of BCP 47 from one, a code of ISO 639-1 or 639-2, or an address that ends with one; NULL if it is none.';

create or replace function harvest.text_of(written jsonb, language text) returns text
language sql immutable parallel safe as $$
  select harvest.plain(value)
  from (
    select coalesce(item ->> '@value', item ->> '#text', item ->> 'name', item ->> 'label', item ->> 'title', item ->> 'text',
        case when jsonb_typeof(item) in ('string', 'number') then item #>> '{}' end) as value,
      coalesce(item ->> '@language', item ->> '@lang', item ->> 'language') as tag, n
    from jsonb_array_elements(case when jsonb_typeof(written) = 'array' then written
      when written ?| '{@value,#text,name,label,title,text}' then jsonb_build_array(written) else '[]' end)
      with ordinality each (item, n)
    union all
    select value, key, 1
    from jsonb_each_text(case when jsonb_typeof(written) = 'object'
      and not written ?| '{@value,#text,name,label,title,text,@id,@type,url,href}' then written else '{}' end)
  ) texts
  where harvest.plain(value) is not null
  order by (tag = language) desc nulls last, (left(tag, 2) = left(language, 2)) desc nulls last, (tag ~ '^en') desc nulls last,
    n, tag
  limit 1
$$;
comment on function harvest.text_of(jsonb, text) is 'What harvest.text_in makes of a list or a map.';

create or replace function harvest.text_in(written jsonb, language text default null) returns text
language sql immutable parallel safe as $$
  select case jsonb_typeof(written)
    when 'string' then harvest.plain(written #>> '{}')
    when 'number' then written #>> '{}'
    when 'array' then harvest.text_of(written, language)
    when 'object' then harvest.text_of(written, language)
  end
$$;
comment on function harvest.text_in(jsonb, text) is
  'One text of what may be text, a list, or a map by language: that of the language, else English, else the first.';

create or replace function harvest.texts(written jsonb) returns text[]
language sql immutable parallel safe as $$
  select coalesce(array_agg(item order by n), '{}')
  from (
    select item, min(n) as n
    from (
      select harvest.plain(case jsonb_typeof(item)
        when 'object' then coalesce(item ->> '@value', item ->> '#text', item ->> 'display_name', item ->> 'name', item ->> 'label',
          item ->> 'title', item ->> 'text', item ->> 'prefLabel', item ->> '@id')
        when 'array' then null
        else item #>> '{}' end) as item, n
      from jsonb_array_elements(case jsonb_typeof(written)
        when 'array' then written
        when 'null' then '[]'
        else jsonb_build_array(written) end) with ordinality each (item, n)
    ) every
    where item is not null
    group by item
  ) distinct_items
$$;
comment on function harvest.texts(jsonb) is
  'The distinct texts of a text or a list, in their order; of a map its name, label or title.';

create or replace function harvest.list(written jsonb) returns jsonb
language sql immutable parallel safe as $$
  select case jsonb_typeof(written) when 'array' then written when 'object' then jsonb_build_array(written) else '[]' end
$$;
comment on function harvest.list(jsonb) is 'A list of what may be one map or many.';

create or replace function harvest.whole(written text) returns bigint
language sql immutable strict parallel safe as $$
  select case when written ~ '^\d{1,18}(\.0+)?$' then split_part(written, '.', 1)::bigint end
$$;
comment on function harvest.whole(text) is 'A whole number of at most 18 digits, such as a length in bytes; NULL if it is none.';

create or replace function harvest.address(written text) returns text
language sql immutable strict parallel safe as $$
  select case when written ~* '^\s*(https?|ftps?)://[^\s/]' then btrim(written, E' \t\r\n') end
$$;
comment on function harvest.address(text) is 'An address of http, https or ftp; NULL if it is none.';

create or replace function harvest.normal_url(written text) returns text
language sql immutable strict parallel safe as $$
  select case
    when part is null then btrim(written)
    else lower(part[1]) || regexp_replace(
      case when part[3] is null then coalesce(part[2], '')
        when part[3] !~* '(utm_|fbclid|gclid|mc_[ce]id)' then coalesce(part[2], '') || part[3]
        else coalesce(part[2], '') || regexp_replace(
          regexp_replace(part[3], '(?<=[?&])(utm_[a-z]+|fbclid|gclid|mc_[ce]id)=[^&]*(&|$)', '', 'gi'), '[?&]$', '')
      end, '/$', '')
  end
  from regexp_match(written, '^\s*https?://(?:[^/?#@\s]*@)?([^/?#:\s]+)(?::(?:80|443)?(?![0-9]))?((?::\d+)?[^?#\s]*)(\?[^#\s]*)?', 'i') part
$$;
comment on function harvest.normal_url(text) is
  'An address without what makes no other one: scheme, user, default port, trailing slash, fragment, tracking parameters; host in lower case. Other text is only trimmed.';

create or replace function harvest.persistent_id(written text) returns text
language sql immutable parallel safe as $$
  select case
    when written ~ '(^|[/:=\s])10\.\d{4,9}/\S' then 'doi:' || lower(substring(written from '10\.\d{4,9}/[^\s"<>?#]+'))
    when written ~* '(^|//)hdl\.handle\.net/|^hdl:' then
      'hdl:' || lower(substring(written from '(?i)(?:hdl\.handle\.net/|hdl:)([^\s"<>?#]+)'))
    when written ~ '(^|/)ark:/?\d' then 'ark:' || substring(written from 'ark:/?(\d[^\s"<>?#]*)')
  end
$$;
comment on function harvest.persistent_id(text) is 'A DOI, Handle or ARK in an address or an identifier, as doi:…, hdl:… or ark:…; NULL if there is none.';

create or replace function harvest.persistent_ids(written text[]) returns text[]
language sql immutable parallel safe as $$
  select coalesce(array_agg(distinct id order by id), '{}')
  from unnest(written) item
  cross join lateral (select harvest.persistent_id(item) as id) found
  where id is not null
$$;
comment on function harvest.persistent_ids(text[]) is 'The distinct persistent ids in addresses and identifiers, sorted.';

create or replace function harvest.language_tags(written jsonb) returns text[]
language sql immutable parallel safe as $$
  select coalesce(array_agg(distinct tag order by tag), '{}')
  from unnest(harvest.texts(written)) item
  cross join lateral (select harvest.language_tag(item) as tag) found
  where tag is not null
$$;
comment on function harvest.language_tags(jsonb) is 'The distinct tags of BCP 47 of a text or a list, sorted.';

create or replace function harvest.pairs(written jsonb) returns jsonb
language sql immutable parallel safe as $$
  select case jsonb_typeof(written)
    when 'object' then written
    when 'array' then (
      select jsonb_object_agg(item ->> 'key', item -> 'value')
      from jsonb_array_elements(written) each (item)
      where item ->> 'key' is not null)
  end
$$;
comment on function harvest.pairs(jsonb) is 'A map of what may be one, or a list of {key, value}.';

create or replace function harvest.platform_id(written text) returns text
language sql immutable strict parallel safe as $$
  select case
    when hex is not null then lower(hex[1]) || coalesce('_' || coalesce(hex[2], hex[3]), '')
    else lower(coalesce(
      substring(written from '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}'),
      substring(written from '/(?:d|resource|views|id)/([2-9a-kmnp-z]{4}-[2-9a-kmnp-z]{4})(?:$|[/.?#])')))
  end
  from (select regexp_match(written,
    '(?:^|[^0-9a-fA-F])([0-9a-fA-F]{32})(?![0-9a-fA-F])(?:_(\d{1,4})(?!\d)|&(?:amp;)?sublayer=(\d{1,4}))?') as hex) found
$$;
comment on function harvest.platform_id(text) is
  'The id that a platform put into a key or an address: an ArcGIS item id with its layer, a UUID, or a Socrata 4x4; NULL if there is none.';

create or replace function harvest.service_url(written text) returns text
language sql immutable strict parallel safe as $$
  select case
    when written ~ '/(Feature|Map|Image)Server(/|$|\?)' then
      harvest.normal_url(substring(written from '^.*/(?:Feature|Map|Image)Server(?:/\d+(?=$|[/?])|/(?:WMS|WFS|WCS)Server)?'))
    when written ~* '/(wms|wfs|wcs|wmts|ows|csw)(/|$|\?)|[?&]service=(wms|wfs|wcs|wmts)' then
      harvest.normal_url(split_part(written, '?', 1))
  end
$$;
comment on function harvest.service_url(text) is
  'The address of a service (ArcGIS REST, OGC) in its normal form, without its request; NULL if it is a file or a page.';

create or replace function harvest.service_urls(distributions jsonb) returns text[]
language sql immutable parallel safe as $$
  select coalesce(array_agg(url order by url), '{}')
  from (
    select distinct harvest.service_url(address) as url
    from jsonb_array_elements(harvest.list(distributions)) each (distribution)
    cross join lateral (values (distribution ->> 'access_url'), (distribution ->> 'download_url')) addresses (address)
    where address is not null
  ) services
  -- ArcGIS publishes and withdraws the OGC faces of a service at its own will.
  where url is not null and url !~ '/(WMS|WFS|WCS)Server$'
$$;
comment on function harvest.service_urls(jsonb) is 'The distinct addresses of services among distributions, normalised and sorted.';

create or replace function harvest.bbox(written text) returns double precision[]
language sql immutable strict parallel safe as $$
  select case
    when box[1] between -181 and 181 and box[3] between -181 and 181 and box[2] between -90 and 90 and box[4] between box[2] and 90
    then box
  end
  from (
    select case
      when plain then case when cardinality(n) = 4 then n end
      when written ~* '^\s*envelope' then case when cardinality(n) = 4 then array[n[1], n[4], n[2], n[3]] end
      else (
        select array[min(n[i]) filter (where i % 2 = 1), min(n[i]) filter (where i % 2 = 0),
          max(n[i]) filter (where i % 2 = 1), max(n[i]) filter (where i % 2 = 0)]
        from generate_subscripts(n, 1) i
        having count(*) >= 2 and count(*) % 2 = 0)
    end as box
    from (
      select array_agg(found[1]::double precision order by i) as n, written ~ '^[-+\d.,eE\s]+$' as plain
      from regexp_matches(case when length(written) <= 20000 then substring(written from '[-\d][^A-Za-z]*(?:[eE]-?\d[^A-Za-z]*)*') end,
        '-?\d{1,3}(?:\.\d+)?(?:[eE]-?\d{1,2})?(?![\d.])', 'g') with ordinality each (found, i)
    ) numbers
  ) boxes
$$;
comment on function harvest.bbox(text) is
  'West, south, east, north of these four numbers, of an envelope, or of the corners of a shape in WKT; NULL if they are none.';

create or replace function harvest.bbox(written jsonb) returns double precision[]
language sql immutable strict parallel safe as $$
  select case jsonb_typeof(written)
    when 'string' then harvest.bbox(written #>> '{}')
    when 'object' then case when written ? 'coordinates' then harvest.bbox('shape ' || (written ->> 'coordinates')) end
    when 'array' then
      harvest.bbox(translate(case when jsonb_typeof(written -> 0) = 'array' then 'shape ' else '' end || written::text, '[]', ''))
  end
$$;
comment on function harvest.bbox(jsonb) is 'The same of text, of four numbers, of two corners, or of a shape of GeoJSON.';
