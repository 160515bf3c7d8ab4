-- What the mappings of kinds/*.sql have in common: how a portal's words are read.
-- None of them raises an error on what a record says: what cannot be read is NULL. A page of thousands of records passes through them, so what PostgreSQL can
-- inline is SQL, and what it cannot is PL/pgSQL, whose plans outlive the statement: an SQL function with a query in it
-- costs a hundred microseconds a call. PostgreSQL keeps no more than 32 regular expressions compiled, so strpos and like come first.

create or replace function harvest.plain(written text) returns text
language plpgsql immutable strict parallel safe as $$
declare
  text_only text := written;
begin
  -- A title may well be <odesi>, which is no element.
  if strpos(written, '<') > 0 and written like any ('{%</%,%/>%,%<br%,%<BR%,%<p>%,%<P>%,%<img%,%<IMG%,%<!--%}') then
    if strpos(written, '<script') > 0 or strpos(written, '<style') > 0 then
      text_only := regexp_replace(text_only, '<(script|style)\M.*?</\1\s*>', ' ', 'g');
    end if;
    text_only := regexp_replace(text_only, '<[/!]?[a-zA-Z-][^<>]*>', ' ', 'g');
  end if;
  if strpos(text_only, '&') > 0 then
    text_only := replace(replace(replace(replace(replace(replace(replace(text_only,
      '&nbsp;', ' '), '&lt;', '<'), '&gt;', '>'), '&quot;', '"'), '&#39;', ''''), '&apos;', ''''), '&amp;', '&');
  end if;
  return nullif(btrim(text_only, E' \t\r\n\u00a0'), '');
end;
$$;
comment on function harvest.plain(text) is 'Text without HTML, trimmed; NULL if nothing is left.';

create or replace function harvest.moment(written text, zone text default 'UTC') returns timestamptz
language plpgsql immutable strict parallel safe as $$
begin
  -- What nearly all say, in a form that the cast cannot refuse.
  if length(written) = 10 then
    if written ~ '^[12]\d{3}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])$' then
      return written::timestamp at time zone zone;
    end if;
  elsif written ~ '^[12]\d{3}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?Z?$' then
    return case when written like '%Z' then written::timestamptz else written::timestamp at time zone zone end;
  elsif written = '' or written like 'R%' then
    return null;
  end if;
  return harvest.odd_moment(btrim(written), zone);
end;
$$;
comment on function harvest.moment(text, text) is
  'A date, a moment of ISO 8601 or RFC 1123, a year, a month or milliseconds since 1970; NULL if it is none, such as a repetition R/P1Y.';

create or replace function harvest.odd_moment(written text, zone text) returns timestamptz
language plpgsql immutable strict parallel safe as $$
begin
  if written ~ '^[12]\d{3}$' then
    return (written || '-01-01')::timestamp at time zone zone;
  elsif written ~ '^[12]\d{3}-\d\d$' then
    return (written || '-01')::timestamp at time zone zone;
  elsif written ~ '^-?\d{11,14}$' then
    return to_timestamp(0) + written::bigint * interval '1 millisecond';
  elsif written ~ '^[12]\d{3}-\d\d?-\d\d?([T ]\d\d?:\d\d(:\d\d(\.\d+)?)?\s*(Z|z|UTC|GMT|[+-]\d\d(:?\d\d)?))$'
    or written ~ '^[A-Za-z]{3},? \d\d?[ -][A-Za-z]{3}[ -]\d{4} \d\d:\d\d:\d\d (GMT|UTC|Z|[+-]\d{4})$' then
    return written::timestamptz;
  elsif written ~ '^[12]\d{3}-\d\d?-\d\d?([T ]\d\d?:\d\d(:\d\d(\.\d+)?)?)?$'
    or written ~ '^[A-Za-z]{3},? \d\d?[ -][A-Za-z]{3}[ -]\d{4} \d\d:\d\d:\d\d$' then
    return written::timestamp at time zone zone;
  elsif written ~ '^[12]\d{3}-\d\d-\d\dZ$' then
    return left(written, 10)::timestamp at time zone 'UTC';
  end if;
  return null;
exception when data_exception then
  return null;
end;
$$;
comment on function harvest.odd_moment(text, text) is 'What harvest.moment makes of the forms that a cast may refuse, such as 30 February.';

create or replace function harvest.text_of(written jsonb, language text) returns text
language plpgsql immutable parallel safe as $$
begin
  return (
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
    order by (tag = language) desc nulls last, (left(tag, 2) = left(language, 2)) desc nulls last,
      (tag ~ '^en') desc nulls last, n, tag
    limit 1);
end;
$$;
comment on function harvest.text_of(jsonb, text) is 'What harvest.text_in makes of a list or a map.';

create or replace function harvest.text_in(written jsonb, language text default null) returns text
language plpgsql immutable parallel safe as $$
begin
  if written is null then
    return null;
  elsif jsonb_typeof(written) = 'string' then
    return harvest.plain(written #>> '{}');
  elsif jsonb_typeof(written) = 'number' then
    return written #>> '{}';
  elsif jsonb_typeof(written) = 'object' and jsonb_typeof(written -> 'name') = 'string' then
    return harvest.plain(written ->> 'name');
  elsif jsonb_typeof(written) in ('array', 'object') then
    return harvest.text_of(written, language);
  end if;
  return null;
end;
$$;
comment on function harvest.text_in(jsonb, text) is
  'One text of what may be text, a list, or a map by language: that of the language, else English, else the first.';

create or replace function harvest.each_text(written jsonb) returns setof text
language sql immutable parallel safe as $$
  select distinct item
  from (
    select btrim(case jsonb_typeof(item)
      when 'string' then item #>> '{}'
      when 'object' then coalesce(item ->> '@value', item ->> '#text', item ->> 'display_name', item ->> 'name',
        item ->> 'label', item ->> 'title', item ->> 'text', item ->> 'prefLabel', item ->> '@id')
      when 'number' then item #>> '{}' end, E' \t\r\n\u00a0') as item
    from jsonb_array_elements(case jsonb_typeof(written)
      when 'array' then written when 'null' then '[]' else jsonb_build_array(written) end) each (item)
  ) items
  where item <> ''
  order by item
$$;
comment on function harvest.each_text(jsonb) is
  'The distinct texts of a text or a list, sorted, for their order means nothing; of a map its name, label or title.';

create or replace function harvest.texts(written jsonb) returns text[]
language plpgsql immutable parallel safe as $$
begin
  return case when written is null then '{}' else array(select * from harvest.each_text(written)) end;
end;
$$;
comment on function harvest.texts(jsonb) is 'harvest.each_text as an array. In a mapping array(select * from harvest.each_text(…)) is faster.';

create or replace function harvest.list(written jsonb) returns jsonb
language sql immutable parallel safe as $$
  select case jsonb_typeof(written) when 'array' then written when 'object' then jsonb_build_array(written) else '[]' end
$$;
comment on function harvest.list(jsonb) is 'A list of what may be one map or many.';

create or replace function harvest.pairs(written jsonb) returns jsonb
language plpgsql immutable strict parallel safe as $$
begin
  if jsonb_typeof(written) = 'object' then
    return written;
  elsif jsonb_typeof(written) <> 'array' or written = '[]' then
    return null;
  end if;
  return (
    select jsonb_object_agg(item ->> 'key', item -> 'value')
    from jsonb_array_elements(written) each (item)
    where item ->> 'key' is not null);
end;
$$;
comment on function harvest.pairs(jsonb) is 'A map of what may be one, or a list of {key, value}.';

create or replace function harvest.whole(written text) returns bigint
language sql immutable parallel safe as $$
  select case when written ~ '^\d{1,18}$' then written::bigint end
$$;
comment on function harvest.whole(text) is 'A whole number of at most 18 digits, such as a length in bytes; NULL if it is none.';

create or replace function harvest.address(written text) returns text
language plpgsql immutable strict parallel safe as $$
begin
  if written like 'http%://_%' and strpos(written, ' ') = 0 then
    return written;
  end if;
  return substring(written from '^\s*((?:[hH][tT][tT][pP][sS]?|[fF][tT][pP][sS]?)://[^\s/](?:.*\S)?)\s*$');
end;
$$;
comment on function harvest.address(text) is 'An address of http, https or ftp; NULL if it is none.';

create or replace function harvest.normal_url(written text) returns text
language plpgsql immutable strict parallel safe as $$
declare
  part text[] := regexp_match(written, '^\s*https?://([^/?#\s]+)([^?#\s]*)(\?[^#\s]*)?', 'i');
  host text := lower(part[1]);
  query text := coalesce(part[3], '');
begin
  if part is null then
    return btrim(written);
  end if;
  if host ~ '[@:]' then
    host := regexp_replace(regexp_replace(host, '^.*@', ''), case when written ~* '^\s*https' then ':(443)?$' else ':(80)?$' end, '');
  end if;
  if query ~* '[?&](utm_[a-z]+|fbclid|gclid|mc_[ce]id)=' then
    query := regexp_replace(regexp_replace(query, '([?&])(utm_[a-z]+|fbclid|gclid|mc_[ce]id)=[^&]*', '\1', 'gi'), '&+', '&', 'g');
    query := regexp_replace(regexp_replace(query, '^\?&', '?'), '[?&]+$', '');
  end if;
  return host || case when query in ('', '?') then rtrim(part[2], '/') else part[2] || query end;
end;
$$;
comment on function harvest.normal_url(text) is
  'An address without what makes no other one: scheme, user, default port, trailing slash, fragment, tracking parameters; host in lower case. Other text is only trimmed.';

create or replace function harvest.platform_id(written text) returns text
language plpgsql immutable strict parallel safe as $$
declare
  item_id text := substring(written from '[0-9a-fA-F]{32,}');
  rest text;
begin
  if length(item_id) = 32 then
    rest := substr(written, strpos(written, item_id) + 32, 20);
    return lower(item_id) || case
      when rest like '\_%' then substring(rest from '^_\d{1,4}(?!\d)')
      when rest like '&%sublayer=%' then '_' || substring(rest from 'sublayer=(\d{1,4})')
      else '' end;
  elsif strpos(written, '-') = 0 then
    return null;
  end if;
  return lower(coalesce(
    substring(written from '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}'),
    substring(written from '/(?:d|resource|views|id)/([2-9a-kmnp-z]{4}-[2-9a-kmnp-z]{4})(?:$|[/.?#])')));
end;
$$;
comment on function harvest.platform_id(text) is
  'The id that a platform put into a key or an address: an ArcGIS item id with its layer, a UUID, or a Socrata 4x4; NULL if there is none.';

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
language plpgsql immutable strict parallel safe as $$
begin
  if not array_to_string(written, ' ') like any ('{%10.____%/%,%hdl%,%ark:%}') then
    return '{}';
  end if;
  return array(
    select distinct id
    from unnest(written) each (item)
    cross join lateral (select harvest.persistent_id(item) as id) found
    where id is not null
    order by id);
end;
$$;
comment on function harvest.persistent_ids(text[]) is 'The distinct persistent ids in addresses and identifiers, sorted.';

create or replace function harvest.language_tag(written text) returns text
language plpgsql immutable strict parallel safe as $$
declare
  part text[] := regexp_match(btrim(written),
    '(?:^|/)([A-Za-z]{2,3})(?:[-_]([A-Za-z]{2}|[A-Za-z]{4}|\d{3}))?(?:[-_.@][^/]*)?$');
  base text := lower(part[1]);
begin
  if base is null then
    return null;
  elsif length(base) = 3 then
    -- What ISO 639-2 calls otherwise than BCP 47, in the languages that portals are written in.
    base := coalesce('{"alb":"sq","ara":"ar","arm":"hy","baq":"eu","bel":"be","ben":"bn","bos":"bs","bre":"br","bul":"bg","bur":"my",
      "cat":"ca","ces":"cs","chi":"zh","cym":"cy","cze":"cs","dan":"da","deu":"de","dut":"nl","ell":"el","eng":"en","est":"et",
      "eus":"eu","fao":"fo","fas":"fa","fin":"fi","fra":"fr","fre":"fr","fry":"fy","geo":"ka","ger":"de","gle":"ga","glg":"gl",
      "gre":"el","heb":"he","hin":"hi","hrv":"hr","hun":"hu","hye":"hy","ice":"is","ind":"id","isl":"is","ita":"it","jpn":"ja",
      "kat":"ka","kor":"ko","lat":"la","lav":"lv","lit":"lt","ltz":"lb","mac":"mk","may":"ms","mkd":"mk","mlt":"mt","msa":"ms",
      "nld":"nl","nno":"nn","nob":"nb","nor":"no","oci":"oc","per":"fa","pol":"pl","por":"pt","roh":"rm","ron":"ro","rum":"ro",
      "rus":"ru","slk":"sk","slo":"sk","slv":"sl","spa":"es","sqi":"sq","srp":"sr","swa":"sw","swe":"sv","tha":"th","tur":"tr",
      "ukr":"uk","vie":"vi","wel":"cy","zho":"zh"}'::jsonb ->> base, base);
  end if;
  return base || coalesce('-' || case length(part[2]) when 4 then initcap(part[2]) else upper(part[2]) end, '');
end;
$$;
comment on function harvest.language_tag(text) is
  'A tag of BCP 47 from one, a code of ISO 639-1 or 639-2, or an address that ends with one; NULL if it is none.';

create or replace function harvest.language_tags(written jsonb) returns text[]
language plpgsql immutable parallel safe as $$
begin
  if written is null then
    return '{}';
  end if;
  return array(
    select distinct tag
    from unnest(harvest.texts(written)) each (item)
    cross join lateral (select harvest.language_tag(item) as tag) found
    where tag is not null
    order by tag);
end;
$$;
comment on function harvest.language_tags(jsonb) is 'The distinct tags of BCP 47 of a text or a list, sorted.';

create or replace function harvest.service_url(written text) returns text
language plpgsql immutable strict parallel safe as $$
begin
  if written like '%/rest/services/%Server%' then
    return harvest.normal_url(substring(written from '^.*/(?:Feature|Map|Image)Server(?:/\d+(?=$|[/?]))?(?=$|[/?])'));
  elsif written ~ '/(wms|wfs|wcs|wmts|ows|csw|WMS|WFS|WCS|WMTS|OWS|CSW)(/|$|\?)|[?&](service|SERVICE)=(wms|wfs|wcs|wmts|WMS|WFS|WCS|WMTS)'
    -- ArcGIS publishes and withdraws the OGC faces of its services at its own will.
    and written not like '%Server/W_SServer%' then
    return harvest.normal_url(split_part(written, '?', 1));
  end if;
  return null;
end;
$$;
comment on function harvest.service_url(text) is
  'The address of a service (ArcGIS REST, OGC) in its normal form, without its request; NULL if it is a file or a page.';

create or replace function harvest.each_service_url(distributions jsonb) returns setof text
language sql immutable parallel safe as $$
  select distinct url
  from (
    select harvest.service_url(address) as url
    from jsonb_array_elements(distributions) each (distribution)
    cross join lateral (values (distribution ->> 'access_url'), (distribution ->> 'download_url')) addresses (address)
    where address like any ('{%Server%,%wms%,%WMS%,%wfs%,%WFS%,%wcs%,%WCS%,%wmts%,%WMTS%,%/ows%,%/csw%}')
  ) urls
  where url is not null
  order by url
$$;
comment on function harvest.each_service_url(jsonb) is 'The distinct addresses of services among distributions, normalised and sorted.';

create or replace function harvest.service_urls(distributions jsonb) returns text[]
language plpgsql immutable parallel safe as $$
begin
  return case when distributions is null then '{}' else array(select * from harvest.each_service_url(distributions)) end;
end;
$$;
comment on function harvest.service_urls(jsonb) is
  'harvest.each_service_url as an array. In a mapping array(select * from harvest.each_service_url(…)) is faster.';

create or replace function harvest.bbox(written text) returns double precision[]
language plpgsql immutable strict parallel safe as $$
declare
  n double precision[];
  box double precision[];
begin
  if written ~ '^\s*-?\d{1,3}(\.\d+)?(\s*,\s*-?\d{1,3}(\.\d+)?){3}\s*$' then
    box := string_to_array(written, ',')::double precision[];
  elsif written ~ '^\s*\{' then
    return harvest.bbox(to_jsonb(written));
  elsif strpos(written, '(') > 0 and length(written) <= 20000 then
    n := array(
      select number[1]::double precision
      from regexp_matches(substring(written from strpos(written, '(')), '-?\d{1,3}(?:\.\d+)?(?:[eE]-?\d{1,2})?(?![\d.])', 'g') number);
    if written ~* '^\s*envelope' then
      box := case when cardinality(n) = 4 then array[n[1], n[4], n[2], n[3]] end;
    elsif cardinality(n) >= 2 and cardinality(n) % 2 = 0 then
      box := (
        select array[min(n[i]) filter (where i % 2 = 1), min(n[i]) filter (where i % 2 = 0),
          max(n[i]) filter (where i % 2 = 1), max(n[i]) filter (where i % 2 = 0)]
        from generate_subscripts(n, 1) i);
    end if;
  end if;
  return case when box[1] between -181 and 181 and box[3] between -181 and 181 and box[2] between -90 and 90
    and box[4] between box[2] and 90 then box end;
end;
$$;
comment on function harvest.bbox(text) is
  'West, south, east, north of these four numbers, of an envelope, or of the corners of a shape in WKT; NULL if they are none.';

create or replace function harvest.bbox(written jsonb) returns double precision[]
language plpgsql immutable strict parallel safe as $$
declare
  shape jsonb := written;
begin
  if jsonb_typeof(written) = 'string' then
    if strpos(written #>> '{}', '{') = 0 then
      return harvest.bbox(written #>> '{}');
    end if;
    shape := (written #>> '{}')::jsonb;
  end if;
  if jsonb_typeof(shape) = 'object' then
    return harvest.bbox('(' || translate(shape ->> 'coordinates', '[]', ''));
  elsif jsonb_typeof(shape -> 0) = 'number' then
    return harvest.bbox(translate(shape::text, '[]', ''));
  elsif jsonb_typeof(shape) = 'array' then
    return harvest.bbox('(' || translate(shape::text, '[]', ''));
  end if;
  return null;
exception when data_exception then
  return null;
end;
$$;
comment on function harvest.bbox(jsonb) is 'The same of text, of four numbers, of two corners, or of a shape of GeoJSON, be it as text.';
