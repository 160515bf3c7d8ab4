-- Which runs of the registry are needed as long as its files are, and what may be shown of its sources.

create or replace view registry.held_runs as
select f.run_id, true as is_whole from registry.files f
union all
select o.run_id, true from registry.orphans o;
comment on view registry.held_runs is 'Runs that ops.held_runs keeps: the last one of each file, and those whose assets wait for their source.';

create or replace view registry.shown_sources as
select s.id, ops.without_secrets(s.url) as url from registry.sources s;
comment on view registry.shown_sources is 'What api_readonly may see of where sources are.';
