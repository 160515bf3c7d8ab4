-- Lets a search look at titles first, and pages of ten thousands of portals and of millions of runs be read from indexes.

-- "Which titles say this?"
create index search_documents_titles_idx on harvest.search_documents using gin (ts_filter(document, '{a}'));
drop index harvest.search_documents_source_idx;
-- "What is indexed of this source, and of which countries is it?"
create index search_documents_source_idx on harvest.search_documents (source_id, country);
-- "How many datasets does each source have?"
create index datasets_living_idx on harvest.datasets (source_id) where retired_at is null;
-- "How many of a source are retired?"
create index datasets_retired_idx on harvest.datasets (source_id) where retired_at is not null;

-- "What did this room do last?"
create index runs_room_idx on ops.runs (room, id desc);
-- "What was run within the last day?"
create index runs_started_idx on ops.runs (started_at);
drop index ops.runs_trouble_idx;
-- "Whose last run went wrong?"
create index runs_trouble_idx on ops.runs (finished_at) where status in ('failed', 'partial', 'abandoned');
