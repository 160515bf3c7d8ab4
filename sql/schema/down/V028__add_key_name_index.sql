-- Names that were told apart stay as they are.
drop index web.api_keys_name_key;
