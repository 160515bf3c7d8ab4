-- Lists datasets by their titles a page at a time, however many there are.

-- "Which fifty come next by title?" A title may be longer than what an index takes.
create index datasets_title_idx on harvest.datasets (left(lower(coalesce(title, '')), 200) collate "C", id);
