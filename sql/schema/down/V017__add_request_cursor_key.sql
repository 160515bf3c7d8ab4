-- Takes the place to resume at away again, and the functions that know it.

drop function if exists
  ops.chain_of(bigint), ops.cursor_of(bigint), ops.keep_request(bigint, jsonb, integer), ops.most_rejects(),
  ops.keep_rejects(bigint, jsonb, text, timestamptz), ops.count_run(bigint, jsonb, timestamptz);

do $$
begin
  execute replace(pg_get_functiondef('names.sum_same_names(text, uuid, bigint)'::regprocedure),
    'clock_timestamp()
       from same
       order by same.id
       limit ops.most_rejects()', 'clock_timestamp()
       from same');
end;
$$;

alter table ops.requests drop column cursor_key;
