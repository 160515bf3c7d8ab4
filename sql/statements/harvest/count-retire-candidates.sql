select 0::bigint as candidates, 0::bigint as held, 0::bigint as flapping, :?run::bigint, :?source::bigint, :?after::integer
