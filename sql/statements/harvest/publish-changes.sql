-- Gives numbers to the changes that have none; whoever publishes does so alone, until the commit.
-- In:  nothing
-- Out: one row: published (how many)
select harvest.publish_changes() as published
