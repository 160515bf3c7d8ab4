-- Takes the merging of files away.

drop function names.refresh_statistics();
drop function names.restore_dataset(uuid);
drop function names.merge_dataset(uuid, text, integer, bigint, bigint, bigint, integer);
drop function names.take_slices(text, names.datasets, boolean);
drop function names.set_deleted_at(uuid, timestamptz, text);
drop function names.copy_release(text, text, text);
drop function names.swap_in(text, uuid);
drop function names.release_of(uuid);
drop function names.compare_slices(text, names.datasets);
