-- Lets the nightly removal of runs ask which of them retired datasets that are held.

-- "Which of these runs retired something?"
create index datasets_retired_run_idx on harvest.datasets (retired_run_id) where retired_run_id is not null;
