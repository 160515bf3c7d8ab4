-- Lets a search look at titles first.

-- "Which titles say this?"
create index search_documents_titles_idx on harvest.search_documents using gin (ts_filter(document, '{a}'));
