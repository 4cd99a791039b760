-- Who called an instance; null for those that were started from outside.
alter table millrace_instance add column caller_id varchar(36);
alter table millrace_instance add column caller_wait integer;
alter table millrace_instance add column caller_attempt integer;
alter table millrace_instance add column caller_activity varchar(255);
alter table millrace_instance add column depth integer default 0 not null;
create index millrace_instance_caller_id on millrace_instance (caller_id);
