select 'x' as key where false and :?run::bigint is null and :?source::bigint is null and :?after::integer is null
