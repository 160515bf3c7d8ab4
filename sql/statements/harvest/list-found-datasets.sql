-- Lists datasets as they are asked for: those that say some words, or all; sorted by relevance, by what changed last, or by title.
-- In:  q text (null: all); country, format, publisher, license, kind, source text; since timestamptz (null each: any);
--      is_retired boolean; sort text (relevance: without words as changed, changed, title; null: relevance);
--      by relevance, pages end after the best 2,000 that say the words;
--      after text (page_key of the row before the first; null: the first); most bigint (null: all)
-- Out: one row per dataset: id, source, kind, key, title, headline, publisher, country, license, formats text[], keywords text[],
--      landing_page, modified_at, first_seen_at, last_changed_at, is_retired, matched, page_key
with held as not materialized (
  select d.*
  from harvest.filter_datasets(
    :?country, :?format, :?publisher, :?license, :?kind, :?source, :?since::timestamptz) d
  where (d.retired_at is not null) = coalesce(:?is_retired::boolean, false)
),
-- Of these ways one is gone: what the others ask for is then no.
page as (
  (select d.id, null::real as rank, d.last_changed_at as moment, null::text as title, null::text as language, null::text as matched
  from held d
  where :?q::text is null and coalesce(:?sort, 'changed') <> 'title'
    and (:?after::text is null or d.last_changed_at <= (:?after::jsonb ->> 1)::timestamptz
      and (d.last_changed_at, d.id) < ((:?after::jsonb ->> 1)::timestamptz, (:?after::jsonb ->> 3)::uuid))
  order by d.last_changed_at desc, d.id desc
  limit :?most::bigint)
  union all
  (select d.id, null, null, left(lower(coalesce(d.title, '')), 200), null, null
  from held d
  where :?q::text is null and :?sort = 'title'
    and (:?after::text is null
      or (left(lower(coalesce(d.title, '')), 200) collate "C", d.id) > (:?after::jsonb ->> 2, (:?after::jsonb ->> 3)::uuid))
  order by left(lower(coalesce(d.title, '')), 200) collate "C", d.id
  limit :?most::bigint)
  union all
  (select found.*
  from (
    select m.dataset_id as id, m.rank, m.moment, null::text as title, m.language, m.matched
    from harvest.best_datasets(
      :?q, :?country, :?format, :?publisher, :?license, :?kind, :?source, :?since::timestamptz,
      case when :?most::bigint is not null then 2000 end) m
    where :?q::text is not null and coalesce(:?sort, 'relevance') = 'relevance' and not coalesce(:?is_retired::boolean, false)
    union all
    select
      d.id, null, case when :?sort = 'changed' then d.last_changed_at end,
      case when :?sort = 'title' then left(lower(coalesce(d.title, '')), 200) end, m.language, m.matched
    from harvest.best_datasets(
      :?q, :?country, :?format, :?publisher, :?license, :?kind, :?source, :?since::timestamptz, null) m
    join harvest.datasets d on d.id = m.dataset_id
    where :?q::text is not null and :?sort in ('changed', 'title') and not coalesce(:?is_retired::boolean, false)
    union all
    -- What is gone is not indexed: its titles are looked through.
    select
      d.id, case when coalesce(:?sort, 'relevance') = 'relevance' then 0 end,
      case when :?sort = 'title' then null else d.last_changed_at end,
      case when :?sort = 'title' then left(lower(coalesce(d.title, '')), 200) end, null, 'title'
    from held d
    where :?q::text is not null and :?is_retired::boolean and strpos(lower(d.title), lower(:?q)) > 0
  ) found
  where :?after::text is null
    or (:?sort = 'title' and (found.title collate "C", found.id) > (:?after::jsonb ->> 2, (:?after::jsonb ->> 3)::uuid))
    or (:?sort = 'changed' and (found.moment, found.id) < ((:?after::jsonb ->> 1)::timestamptz, (:?after::jsonb ->> 3)::uuid))
    or (coalesce(:?sort, 'relevance') = 'relevance' and (found.rank, found.moment, found.id)
      < ((:?after::jsonb ->> 0)::real, (:?after::jsonb ->> 1)::timestamptz, (:?after::jsonb ->> 3)::uuid))
  order by found.rank desc, found.moment desc, found.title collate "C",
    case when :?sort = 'title' then found.id end, found.id desc
  limit :?most::bigint)
)
select
  d.id, o.name as source, o.kind, d.key, d.title,
  harvest.headline(p.language, case when p.matched = 'words' then :?q end, d.title, d.description) as headline, d.publisher,
  coalesce(d.extras ->> 'country', o.country) as country, d.license,
  array(select distinct f.format from harvest.distributions f where f.dataset_id = d.id and f.format is not null order by 1) as formats,
  d.keywords, d.landing_page, d.modified_at, d.first_seen_at, d.last_changed_at, d.retired_at is not null as is_retired, p.matched,
  jsonb_build_array(p.rank, p.moment, p.title, d.id) as page_key
from page p
join harvest.datasets d on d.id = p.id
join harvest.sources o on o.id = d.source_id
order by p.rank desc, p.moment desc, p.title collate "C", case when p.title is not null then d.id end, d.id desc
-- With a limit, be it none, what a row shows is made after the sort, as it is sent, and not for all of them before the first.
limit :?most::bigint
