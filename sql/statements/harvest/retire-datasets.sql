select 0 as retired where :?run::bigint is null and :?source::bigint is null and :?keys::jsonb is null and :?reason::text is null and :?now::timestamptz is null
