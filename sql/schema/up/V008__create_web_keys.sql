-- Keys of those who ask over HTTP. Nothing uses them yet.

create schema web;
comment on schema web is 'People and programs that ask: keys and users.';

create table web.api_keys (
  id           uuid         not null default gen_random_uuid(),
  key_hash     varchar(255) not null,
  name         varchar(100) not null,
  role         varchar(20)  not null default 'viewer',
  expires_at   timestamptz,
  last_used_at timestamptz,
  created_at   timestamptz  not null default now(),
  revoked_at   timestamptz,
  constraint api_keys_pkey primary key (id),
  constraint api_keys_key_hash_key unique (key_hash),
  constraint chk_role check (role in ('admin', 'viewer'))
);
-- "Whose key is this?" of those that still hold.
create index idx_api_keys_key_hash on web.api_keys (key_hash) where revoked_at is null;
-- "Which keys end soon?"
create index idx_api_keys_expires_at on web.api_keys (expires_at) where expires_at is not null and revoked_at is null;
comment on table web.api_keys is 'API keys for authentication';
comment on column web.api_keys.key_hash is 'bcrypt hash of the API key';
comment on column web.api_keys.role is 'User role: admin (full access), viewer (read-only)';
comment on column web.api_keys.revoked_at is 'Timestamp when key was revoked';
