-- The engine's tables, for H2 (MODE=PostgreSQL) and PostgreSQL alike. The types without a limit have no common name.
--
-- The database is shared with the tables of the applications: every name of ours begins with millrace_.
-- A table has the indexes that its queries use, and no more: each one costs a write per stage.
-- No foreign keys: all rows of an instance are written by one writer under the instance's lock, in one transaction,
-- so a key could only find mistakes of the engine, which tests find; but it would cost a look-up for each row of the history.

create table millrace_definition (
  kind varchar(16) not null,
  process varchar(255) not null,
  version integer not null,
  name varchar,
  resource varchar,
  digest varchar(64) not null,
  xml ${bytes} not null,
  deployed_at timestamp(6) with time zone not null,
  primary key (process, version)
);

-- Its one row is locked by who deploys: then versions are given out one after the other, also the first one of a process.
create table millrace_deployment_lock (
  id integer not null primary key
);
insert into millrace_deployment_lock (id) values (1);

create table millrace_start_message (
  message varchar(255) not null,
  process varchar(255) not null,
  element varchar(255) not null,
  primary key (message, process)
);

-- state, activities, incidents and variables are for lists and searches as well; the rest of the state is in snapshot.
create table millrace_instance (
  id varchar(36) not null primary key,
  process varchar(255) not null,
  version integer not null,
  business_key varchar(255),
  state varchar(16) not null,
  priority integer not null,
  started_at timestamp(6) with time zone not null,
  ended_at timestamp(6) with time zone,
  reason varchar,
  step bigint not null,
  replies boolean not null,
  incidents integer not null,
  activities ${text} not null,
  variables ${text} not null,
  snapshot ${text} not null
);
create index millrace_instance_business_key on millrace_instance (business_key);
create index millrace_instance_process on millrace_instance (process, state, started_at);
create index millrace_instance_started_at on millrace_instance (started_at);

create table millrace_history (
  instance_id varchar(36) not null,
  step bigint not null,
  recorded_at timestamp(6) with time zone not null,
  events ${text} not null,
  primary key (instance_id, step)
);

-- What instances wait for, where it is looked for from outside. Work is not: its id names the instance.
create table millrace_message_wait (
  instance_id varchar(36) not null,
  number integer not null,
  message varchar(255) not null,
  business_key varchar(255),
  correlation_key varchar(255),
  since timestamp(6) with time zone not null,
  primary key (instance_id, number)
);
create index millrace_message_wait_business_key on millrace_message_wait (message, business_key);
create index millrace_message_wait_correlation_key on millrace_message_wait (message, correlation_key);

create table millrace_timer (
  instance_id varchar(36) not null,
  number integer not null,
  due timestamp(6) with time zone not null,
  primary key (instance_id, number)
);
create index millrace_timer_due on millrace_timer (due);

-- Stretches of time into which far timers fall, each until it is near.
create table millrace_timer_bucket (
  bucket bigint not null primary key
);

create table millrace_task (
  instance_id varchar(36) not null,
  number integer not null,
  process varchar(255) not null,
  version integer not null,
  business_key varchar(255),
  activity varchar(255) not null,
  assignee varchar,
  offered_users varchar not null,
  offered_groups varchar not null,
  since timestamp(6) with time zone not null,
  primary key (instance_id, number)
);
create index millrace_task_since on millrace_task (since);

create table millrace_incident (
  instance_id varchar(36) not null,
  number integer not null,
  process varchar(255) not null,
  activity varchar(255) not null,
  stage varchar(255),
  message ${text} not null,
  details ${text},
  attempts integer not null,
  since timestamp(6) with time zone not null,
  primary key (instance_id, number)
);
create index millrace_incident_since on millrace_incident (since);

create table millrace_request (
  queue varchar(16) not null,
  subject varchar(255) not null,
  request_id varchar(255) not null,
  result ${text} not null,
  claimed_at timestamp(6) with time zone not null,
  primary key (queue, subject, request_id)
);
create index millrace_request_claimed_at on millrace_request (claimed_at);

create table millrace_reply (
  id bigint generated always as identity primary key,
  instance_id varchar(36) not null,
  address varchar not null,
  correlation_id varchar not null
);
create index millrace_reply_instance_id on millrace_reply (instance_id);

-- Messages that came before their wait. A criterion is '' where the message names none, else '=' and its text: so that a
-- wait finds what fits by "in ('', '=text')", which both databases answer from the index, as they do not for "is null or".
create table millrace_kept_event (
  id varchar(36) not null primary key,
  message varchar(255) not null,
  business_key varchar(256) not null,
  correlation_key varchar(256) not null,
  instance_id varchar(37) not null,
  variables ${text} not null,
  kept_at timestamp(6) with time zone not null,
  expires_at timestamp(6) with time zone not null
);
create index millrace_kept_event_fits on millrace_kept_event (message, business_key, correlation_key, instance_id);
create index millrace_kept_event_expires_at on millrace_kept_event (expires_at);
