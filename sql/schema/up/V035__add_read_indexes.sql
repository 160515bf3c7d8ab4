-- Lets a search look at titles first, and counts of what sources hold be read from an index.

-- "Which titles say this?"
create index search_documents_titles_idx on harvest.search_documents using gin (ts_filter(document, '{a}'));
-- "How many datasets does each source have?"
create index datasets_living_idx on harvest.datasets (source_id) where retired_at is null;
-- "How many of a source are retired?"
create index datasets_retired_idx on harvest.datasets (source_id) where retired_at is not null;
