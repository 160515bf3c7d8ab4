-- Takes away the look at titles, and the indexes that pages are read by.

drop function if exists harvest.filter_documents(text, text, text, text, text, text, timestamptz);
drop index harvest.search_documents_titles_idx, harvest.search_documents_source_idx, harvest.datasets_living_idx, harvest.datasets_retired_idx,
  ops.runs_room_idx, ops.runs_started_idx, ops.runs_trouble_idx;
create index search_documents_source_idx on harvest.search_documents (source_id);
create index runs_trouble_idx on ops.runs (finished_at) where status in ('failed', 'partial');
