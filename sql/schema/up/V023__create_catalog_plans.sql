-- Keeps crawls whose outcome was shown and not yet written.

create table catalog.plans (
  id             uuid        not null default gen_random_uuid(),
  region         text        not null,
  run_id         bigint      not null,
  hash           text        not null default '',
  base           text        not null,
  created_at     timestamptz not null,
  retired        text[]      not null default '{}',
  is_complete    boolean     not null default false,
  applied_run_id bigint,
  constraint plans_pkey primary key (id),
  constraint plans_one_a_run unique (run_id)
);
comment on table catalog.plans is 'Crawls whose outcome was shown and not yet written.';
comment on column catalog.plans.hash is 'Of all that it would change; empty until it is known.';
comment on column catalog.plans.base is 'What the region held when it was planned: if that moved, the plan is refused.';
comment on column catalog.plans.retired is 'What the crawl did not see and the API, asked for it by id, did not return.';
comment on column catalog.plans.is_complete is 'The crawl saw the whole region; else the plan cannot be applied.';

create table catalog.planned_pages (
  plan_id  uuid    not null,
  sequence integer not null,
  records  bytea   not null,
  raws     bytea   not null,
  rejects  jsonb   not null,
  request  jsonb   not null,
  skipped  bigint  not null,
  constraint planned_pages_pkey primary key (plan_id, sequence),
  constraint planned_pages_plan_fkey foreign key (plan_id) references catalog.plans (id) on delete cascade
);
comment on table catalog.planned_pages is 'The pages of a planned crawl, as a crawl commits them.';
comment on column catalog.planned_pages.raws is 'Empty where no dataset of the page is to be written.';
