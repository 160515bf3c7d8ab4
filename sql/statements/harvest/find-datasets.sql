-- Searches the datasets of all sources for words, as a web search takes them: "a phrase", or, -not.
-- In:  words text (null: all); country text; format text; publisher text; license text; kind text; source text;
--      since timestamptz (null each: any); most integer; skip integer
-- Out: one row per dataset, the best first: id, title, publisher, country, source, kind, key, formats, modified_at,
--      landing_page, license, headline, rank, matched
select
  d.id, d.title, d.publisher, coalesce(d.extras ->> 'country', o.country) as country, o.name as source, o.kind, d.key,
  (select array_to_string(array_agg(distinct f.format), ' ') from harvest.distributions f where f.dataset_id = d.id) as formats,
  d.modified_at, d.landing_page, d.license, found.headline, found.rank, found.matched
from harvest.search(
  :?words, :?country, :?format, :?publisher, :?license, :?kind, :?source, :?since::timestamptz, :?most::integer, :?skip::integer
) with ordinality as found (dataset_id, rank, headline, matched, n)
join harvest.datasets d on d.id = found.dataset_id
join harvest.sources o on o.id = d.source_id
order by found.n
