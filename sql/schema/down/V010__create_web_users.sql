-- Takes the users away.

drop table web.users;
