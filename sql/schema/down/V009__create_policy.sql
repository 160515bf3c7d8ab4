-- Takes the policies away, their versions too: a deliberate act.

drop view if exists policy.source_health, policy.latest_changes, policy.changes, policy.current_policies;
drop table policy.notices;
drop table policy.email_alerts;
drop table policy.messages;
drop function policy.matching_subscriptions(text, text, text);
drop table policy.route_subscriptions;
drop table policy.policy_changes;
drop table policy.candidates;
drop table policy.policy_versions;
drop table policy.fetches;
drop table policy.snapshots;
drop table policy.sources;
drop table policy.hosts;
drop function policy.chain_hash(text, text, text, integer, timestamptz);
drop function policy.settle_changes();
drop function policy.refuse_truncate();
drop function policy.refuse_change();
drop function policy.insert_host();
drop function policy.update_updated_at_column();
drop schema policy;

-- A run is about what it filled: the next watch begins anew.
delete from ops.runs where room = 'policy';
