-- The tag that a document gives a version of its process or decision, by which others may call it.

alter table millrace_definition add column tag varchar;
