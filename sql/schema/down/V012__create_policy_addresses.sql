-- Takes the token of each address away: links that show one lead nowhere then. Visa types stay as they were made.
alter table policy.route_subscriptions drop constraint route_subscriptions_visa_type_is_a_line;
alter table policy.sources drop constraint sources_visa_type_is_a_line;
drop trigger insert_address on policy.route_subscriptions;
drop function policy.insert_address();
drop function policy.linked_subscriptions(text);
drop table policy.addresses;
