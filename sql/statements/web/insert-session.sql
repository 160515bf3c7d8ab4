-- Logs a person in, and clears away logins that have ended.
-- In:  user_id uuid; token_hash text (SHA-256); milliseconds bigint (how long it lasts)
-- Out: one row: expires_at
with ended as (
  delete from web.sessions s where s.expires_at <= now()
),
seen as (
  update web.users u set last_login_at = now() where u.id = :?user_id::uuid
)
insert into web.sessions (user_id, token_hash, expires_at)
values (:?user_id::uuid, :?token_hash, now() + :?milliseconds::bigint * interval '1 millisecond')
returning expires_at
