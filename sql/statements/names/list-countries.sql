-- Lists the countries there are.
-- In:  nothing
-- Out: one row per country: code
select code from names.countries order by code
