-- Forgets the logins to the console.

comment on column web.api_keys.key_hash is 'bcrypt hash of the API key';
alter table web.users drop constraint users_role;
alter table web.users drop column role;
drop table web.sessions;
