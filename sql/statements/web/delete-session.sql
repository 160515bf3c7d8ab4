-- Logs a person out.
-- In:  token_hash text (SHA-256)
-- Out: one row if there was such a login: its token_hash
delete from web.sessions s where s.token_hash = :?token_hash
returning s.token_hash
