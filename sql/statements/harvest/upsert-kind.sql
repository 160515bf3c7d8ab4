-- Registers a kind as its files declare it, if it is not known in that form, and the host that its sources share.
-- In:  name text; hash text (SHA-256 of the mapping); declaration jsonb; mapping text (the select)
-- Out: one row: hash
with known as (
  select k.hash from harvest.kinds k
  where k.name = :?name and k.hash = :?hash and k.declaration = :?declaration::jsonb
),
written as (
  insert into harvest.kinds as k (name, hash, declaration, mapping, query)
  select :?name, :?hash, :?declaration::jsonb, :?mapping, harvest.query_of(:?mapping)
  where not exists (select from known)
  on conflict (name) do update
  set hash = excluded.hash, declaration = excluded.declaration, mapping = excluded.mapping, query = excluded.query,
      loaded_at = now()
  returning hash
),
shared as ( -- whose budget a source uses is a matter of its kind, which may have been another when it was added
  update harvest.sources s
  set host = h.host
  from (
    select o.id, coalesce(:?declaration::jsonb #>> '{polite,host}', harvest.host_of(o.url)) as host
    from harvest.sources o where o.kind = :?name and o.removed_at is null
  ) h
  where h.id = s.id and s.host <> h.host and exists (select from written)
)
select hash from known
union all
select hash from written
