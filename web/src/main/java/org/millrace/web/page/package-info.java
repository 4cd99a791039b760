/**
 * The pages' side of the server: one view per page, and the few named things that all pages share.
 *
 * <p>Belongs here: what a page shows and what its buttons do, each in a few lines over {@code
 * org.millrace.api.operation}; texts as keys of the bundle {@code messages}. Never here: rules of
 * the engine, checks of roles that protect anything (the services enforce them, pages only follow),
 * logic in getters. Depends on the api, Jakarta Faces, PrimeFaces and OmniFaces.
 */
@org.jspecify.annotations.NullMarked
package org.millrace.web.page;
