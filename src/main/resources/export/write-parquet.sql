-- For DuckDB: writes a file of lines as Parquet. One thread and small groups of rows keep it in little memory.
set threads = 1;
set memory_limit = '{memory}B';
set temp_directory = {spill};
set TimeZone = 'UTC';
copy (
  select * from read_json({lines}, format = 'newline_delimited', columns = {{columns}}, maximum_object_size = 33554432)
) to {parquet} (format parquet, compression zstd, row_group_size 20480)
