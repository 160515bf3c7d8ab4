-- Keeps what a host said when it was asked for its rules for crawlers.
-- In:  host text, status integer (0 if it said nothing), url text (which answered), type text, robots bytea
-- Out: one row: host
update policy.hosts
set robots_fetched_at = clock_timestamp(), robots_status = :?status, robots_url = :?url, robots_type = :?type, robots = :?robots
where host = :?host
returning host
