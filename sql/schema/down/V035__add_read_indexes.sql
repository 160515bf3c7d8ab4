-- Takes away the look at titles, and the indexes that are counted by.

drop function if exists harvest.filter_documents(text, text, text, text, text, text, timestamptz);
drop index harvest.search_documents_titles_idx, harvest.datasets_living_idx, harvest.datasets_retired_idx;
