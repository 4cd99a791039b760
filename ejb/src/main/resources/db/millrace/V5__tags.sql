-- The tag that a document gives a version of its process or decision, by which others may call it, and the namespace of a
-- DMN document, by which others import it.

alter table millrace_definition add column tag varchar;
alter table millrace_definition add column namespace varchar;
