-- Where a run resumes after a page stands apart from the keys of the page, which need not be in order.

alter table ops.requests add column cursor_key text;
comment on column ops.requests.cursor_key is 'Where a run resumes after this page: a key, an offset, a page number; null if the page does not say.';
update ops.requests set cursor_key = last_key where last_key is not null;

-- Of names that stand twice in a file as many are kept as of any other reason. Nothing else of the function is another.
do $$
begin
  execute replace(pg_get_functiondef('names.sum_same_names(text, uuid, bigint)'::regprocedure),
    'clock_timestamp()
       from same', 'clock_timestamp()
       from same
       order by same.id
       limit ops.most_rejects()');
end;
$$;
