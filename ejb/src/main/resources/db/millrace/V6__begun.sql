-- What was begun and has not ended, where the server may have ended in the middle of it: what was there before it started, and
-- what is tried again. life is the run of the server in which it was begun last, deaths how many earlier ones ended over it.

create table millrace_begun (
  id varchar(80) not null primary key,
  life varchar(36) not null,
  deaths integer not null
);
