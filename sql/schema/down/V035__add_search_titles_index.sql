-- Takes away the look at titles.

drop function if exists harvest.filter_documents(text, text, text, text, text, text, timestamptz);
drop index harvest.search_documents_titles_idx;
