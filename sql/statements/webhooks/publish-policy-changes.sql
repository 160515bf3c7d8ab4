-- Gives numbers to the changes of pages that have none, if anybody wants them.
-- In:  nothing
-- Out: one row: published (how many)
select case
  when exists (select from webhooks.webhooks w where w.feed = 'policy') then webhooks.publish_policy_changes() else 0
end as published
