-- When an ended instance has had its time; null as long as it runs, and for one that goes with its caller.
alter table millrace_instance add column expires_at timestamp(6) with time zone;
create index millrace_instance_expires_at on millrace_instance (expires_at);

-- Those that ended before are kept as long as the server keeps what says nothing else.
update millrace_instance set expires_at = ended_at + interval '180' day where ended_at is not null and caller_id is null;
