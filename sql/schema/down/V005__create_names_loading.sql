-- Takes the queue and the staging away; what lies in staging was not counted yet.

do $$
declare
  staging text;
begin
  for staging in select tablename from pg_tables where schemaname = 'names' and tablename like 'staging\_%' loop
    execute format('drop table names.%I', staging);
  end loop;
end;
$$;
drop function names.copy_contradiction(text, names.datasets);
drop function names.gender_contradiction(text, uuid, uuid);
drop function names.sum_same_names(text, uuid, bigint);
drop function names.index_aside(text, uuid, boolean);
drop function names.home_of(uuid);
drop function names.stage_rows(uuid, text, text, text, text, text);
drop function names.open_staging(uuid);
drop function names.drop_staging(uuid);
drop function names.staging_of(uuid);
drop function names.cleanup_old_jobs();
drop function names.lock_next_job(varchar);
drop trigger check_job_status on names.jobs;
drop function names.check_job_status();
drop trigger check_dataset_status on names.datasets;
drop function names.check_dataset_status();
