-- Keeps where a seeded index file was put away.
-- In:  sha256, path text
-- Out: one row or none: name
update registry.files
set path = :?path
where sha256 = :?sha256
returning name
