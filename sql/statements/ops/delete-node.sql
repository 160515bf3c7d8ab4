-- Forgets a node that has ended in order.
-- In:  node text
-- Out: one row: id; none if it was forgotten before
delete from ops.nodes
where id = :?node
returning id
