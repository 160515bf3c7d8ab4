-- Finds who logged in.
-- In:  token_hash text (SHA-256)
-- Out: no row if the login has ended, or its owner may not log in any more; else name, role
select u.username as name, u.role
from web.sessions s
join web.users u on u.id = s.user_id
where s.token_hash = :?token_hash and s.expires_at > now() and u.is_active
