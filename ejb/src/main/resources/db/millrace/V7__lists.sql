-- Lists go along these alone: the newest first, and the id, without a look at the rows.
drop index millrace_instance_process;
drop index millrace_instance_started_at;
create index millrace_instance_process on millrace_instance (process, state, started_at desc, id);
create index millrace_instance_state on millrace_instance (state, started_at desc, id);
create index millrace_instance_started_at on millrace_instance (started_at desc, id);
