-- Forgets the nodes and what they agreed on; the budgets of hosts are those of the harvest again.

drop view harvest.hosts;
alter table ops.hosts set schema harvest;
comment on table harvest.hosts is 'Whose turn is when: one budget a host, over all sources and processes.';
drop table ops.handovers;
drop table ops.timers;
drop table ops.nodes;
