-- Takes away the index of retiring runs.

drop index harvest.datasets_retired_run_idx;
