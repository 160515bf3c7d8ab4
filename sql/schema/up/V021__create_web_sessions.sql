-- Logins to the console, and keys that can be told apart.

create table web.sessions (
  token_hash text        not null,
  user_id    uuid        not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  constraint sessions_pkey primary key (token_hash),
  constraint sessions_user_id_fkey foreign key (user_id) references web.users (id) on delete cascade,
  constraint sessions_token_hash_sha256 check (token_hash ~ '^[0-9a-f]{64}$'),
  constraint sessions_expires_later check (expires_at > created_at)
);
comment on table web.sessions is 'Logins to the console that have not ended.';
comment on column web.sessions.token_hash is 'SHA-256 of the token in the cookie, in hexadecimal.';
-- "Which sessions has this person?" when a password changes or somebody is disabled.
create index sessions_user_id_idx on web.sessions (user_id);
-- "Which have ended?" when they are cleared away.
create index sessions_expires_at_idx on web.sessions (expires_at);

alter table web.users add column role varchar(20) not null default 'viewer';
alter table web.users add constraint users_role check (role in ('admin', 'viewer'));
comment on column web.users.role is 'admin (may act), viewer (may read)';
comment on column web.api_keys.key_hash is 'bcrypt hash of the secret part of the key, which is <id>.<secret>';
