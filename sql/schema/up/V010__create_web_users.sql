-- People who log in. Nobody can yet.

create table web.users (
  id              uuid         not null default gen_random_uuid(),
  username        varchar(100) not null,
  hashed_password varchar(255) not null,
  is_active       boolean      not null default true,
  created_at      timestamptz  not null default now(),
  updated_at      timestamptz  not null default now(),
  last_login_at   timestamptz,
  constraint users_pkey primary key (id),
  constraint users_username_key unique (username),
  constraint users_username_not_blank check (btrim(username) <> '')
);
comment on table web.users is 'People who may log in.';
comment on column web.users.hashed_password is 'bcrypt hash of the password';
