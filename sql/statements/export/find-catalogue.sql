-- Finds what a catalogue of DCAT is called, and who publishes it.
-- In:  source text (its name; null: that of all sources)
-- Out: one row, or none if there is no such source: title, publisher (NULL of all sources)
select 'All sources' as title, null::text as publisher
where :?source::text is null
union all
select coalesce(o.title, o.name), coalesce(o.title, o.name)
from harvest.sources o
where o.name = :?source and o.removed_at is null
