-- What wakes a bucket lies in the broker of the server that has filled it first: so each server of a database has its own buckets.
drop table millrace_timer_bucket;
create table millrace_timer_bucket (
  node varchar(255) not null,
  bucket bigint not null,
  primary key (node, bucket)
);
