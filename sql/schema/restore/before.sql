-- Makes the roles that the grants in a backup speak of, for a server that has none of them yet.
do $$
declare
  role text;
begin
  foreach role in array array['api_readonly', 'api_worker'] loop
    begin
      execute format('create role %I', role);
    exception
      when duplicate_object or unique_violation then null;
      when insufficient_privilege then
        raise warning 'The role % is not there, and % may not create it: let an administrator.', role, current_user;
    end;
  end loop;
end;
$$;
