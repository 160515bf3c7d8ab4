-- One token for an address: the link that ends all its subscriptions is as short for a hundred of them as for one.

create table policy.addresses (
  email      text        not null,
  token      uuid        not null default gen_random_uuid(),
  created_at timestamptz not null default now(),
  constraint addresses_pkey primary key (email),
  constraint addresses_token_key unique (token),
  constraint addresses_email_is_in_lower_case check (email = lower(email))
);
comment on table policy.addresses is 'Who has or had a subscription.';
comment on column policy.addresses.token is 'What the List-Unsubscribe of a mail shows: it ends all subscriptions of the address.';

create function policy.insert_address() returns trigger language plpgsql as $$
begin
  insert into policy.addresses (email) values (lower(new.email)) on conflict do nothing;
  return null;
end;
$$;
create trigger insert_address
  after insert or update of email on policy.route_subscriptions
  for each row execute function policy.insert_address();

insert into policy.addresses (email) select distinct lower(email) from policy.route_subscriptions;

create function policy.linked_subscriptions(tokens text) returns table (subscription_id uuid) language sql stable as $$
  select s.id
  from policy.route_subscriptions s
  where s.token = any (string_to_array($1, ',')::uuid[])
    or lower(s.email) in (select a.email from policy.addresses a where a.token = any (string_to_array($1, ',')::uuid[]));
$$;
comment on function policy.linked_subscriptions is
  'What a link is about: its tokens, with commas between, are those of subscriptions, or of addresses with all of theirs.';

-- It stands in subjects and headers of mails, where a line break begins another one.
update policy.sources set visa_type = regexp_replace(visa_type, '[[:cntrl:]]+', ' ', 'g') where visa_type ~ '[[:cntrl:]]';
update policy.route_subscriptions set visa_type = regexp_replace(visa_type, '[[:cntrl:]]+', ' ', 'g')
where visa_type ~ '[[:cntrl:]]';
alter table policy.sources add constraint sources_visa_type_is_a_line check (visa_type !~ '[[:cntrl:]]');
alter table policy.route_subscriptions add constraint route_subscriptions_visa_type_is_a_line check (visa_type !~ '[[:cntrl:]]');
