-- Makes findable what changed since the last time: copies what the catalogue crawled, and fills the words of all datasets that
-- runs changed.
-- In:  nothing
-- Out: one row per source of which something changed: source, added, changed (copied from the catalogue), documents
select source, added, changed, documents from harvest.refresh_search()
