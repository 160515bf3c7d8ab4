-- Takes the harvest away again, with all that it holds.

drop schema harvest cascade;
