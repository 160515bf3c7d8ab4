-- Gives whole lists in their order without a sort, however many rows are of one moment or were written by other runs.

-- "Which changed last, page by page?" An import leaves all of its datasets with the same moment.
create index datasets_last_changed_idx on harvest.datasets (last_changed_at desc, id desc);
drop index harvest.datasets_changed_idx;
-- "What did this run reject, in its order?"
create index rejects_order_idx on ops.rejects (run_id, id);
