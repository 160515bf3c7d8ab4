-- Takes the indexes away that whole lists are read by, and gives back the one that they replaced.

drop index ops.rejects_order_idx;
create index datasets_changed_idx on harvest.datasets (last_changed_at desc);
drop index harvest.datasets_last_changed_idx;
