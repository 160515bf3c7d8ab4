-- Knows up to which number changes were deleted, so that readers who were away for too long are told that some are missing.

create table harvest.deleted_changes (
  is_only boolean not null default true,
  through bigint  not null,
  constraint deleted_changes_pkey primary key (is_only),
  constraint deleted_changes_one_row check (is_only),
  constraint deleted_changes_through_from_one check (through >= 1)
);
comment on table harvest.deleted_changes is 'Up to which number changes were deleted because they were old; no row: none was.';
