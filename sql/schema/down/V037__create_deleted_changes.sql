-- Forgets up to which number changes were deleted.

drop function if exists harvest.known_changes(bigint), harvest.note_deleted_changes(bigint);
drop table harvest.deleted_changes;
