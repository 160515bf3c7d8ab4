-- Takes away what the last walk of a source asked for.

drop function harvest.walked_as(text, text, jsonb, jsonb);
alter table harvest.sources drop column walked_as;
