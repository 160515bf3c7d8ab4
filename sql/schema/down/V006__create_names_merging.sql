-- Takes the merging of files away.

drop function names.refresh_statistics();
drop function names.restore_dataset(uuid);
drop function names.merge_dataset(uuid, text, integer, bigint, bigint, bigint, integer);
drop function names.take_slices(text, names.datasets, boolean);
drop function names.attach_staging(text, uuid);
drop function names.compare_slices(text, names.datasets);
