-- Removes the webhooks and what was to be posted to them.

comment on column ops.messages.status is 'cancelled: there was nothing left to say when it could have been sent.';
drop trigger follow_delivery on ops.messages;
drop view if exists webhooks.troubles;
drop function if exists
  webhooks.publish_policy_changes(), webhooks.head(text), webhooks.next_batch(text, bigint, jsonb, integer, integer),
  webhooks.keep_delivery(uuid, bigint, jsonb);
drop function webhooks.follow_message();
drop table webhooks.policy_changes;
drop table webhooks.deliveries;
delete from ops.messages where room = 'webhooks';
drop table webhooks.webhooks;
drop schema webhooks;
