-- Waits for signals, and what else begins a process by itself: a signal, a timer.

create table millrace_signal_wait (
  instance_id varchar(36) not null,
  number integer not null,
  signal varchar(255) not null,
  primary key (instance_id, number)
);
create index millrace_signal_wait_signal on millrace_signal_wait (signal);

create table millrace_start_signal (
  signal varchar(255) not null,
  process varchar(255) not null,
  element varchar(255) not null,
  primary key (signal, process, element)
);

-- The next time of a timer that starts the newest version of a process. part is which of the event's definitions it is;
-- cycle is the text of the timer, and repeats how often it comes again after due.
create table millrace_start_timer (
  process varchar(255) not null,
  element varchar(255) not null,
  part integer not null,
  version integer not null,
  cycle varchar not null,
  due timestamp(6) with time zone not null,
  repeats integer not null,
  primary key (process, element, part)
);
create index millrace_start_timer_due on millrace_start_timer (due);
