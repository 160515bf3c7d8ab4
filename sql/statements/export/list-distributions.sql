-- Lists the distributions of the datasets that are not retired, by dataset.
-- In:  nothing
-- Out: one row per distribution: dataset_id, position, title, format, media_type, access_url, download_url, bytes, license
select f.dataset_id, f.position, f.title, f.format, f.media_type, f.access_url, f.download_url, f.bytes, f.license
from harvest.distributions f
join harvest.datasets d on d.id = f.dataset_id
where d.retired_at is null
order by f.dataset_id, f.position
