-- Lists the topics that changes are not published to any more and that lack some: these changes are kept until a topic has them.
-- In:  topic text (the one that they are published to now; empty: none)
-- Out: one row per topic: name, after (the last change that it has), published_at (null: never)
select t.name, t.after, t.published_at
from harvest.topics t
where t.name <> :?topic and t.after < (select max(c.number) from harvest.changes c)
order by t.name
