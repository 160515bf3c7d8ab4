-- Lists datasets by their titles a page at a time, however many there are.

drop index harvest.datasets_title_idx;
