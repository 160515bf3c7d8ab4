-- Takes the keys away.

drop table web.api_keys;
drop schema web;
