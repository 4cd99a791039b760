/**
 * Who may call the JSON resources at all, and what every answer tells browsers.
 *
 * <p>The pages have a form to log in; programs send HTTP Basic. Both live in one WAR, so web.xml
 * names both ({@code BASIC?silent=true,FORM}) and puts no constraint on {@code /api}: the server
 * knows the caller when there are credentials, and the filters here refuse who is not known, with a
 * challenge for programs and never with a page. As seen on the server: good Basic credentials count
 * for more than a session, and make none; bad ones are answered by both mechanisms at once.
 *
 * <p>Belongs here: filters for all of {@code /api}. Never here: roles; the services enforce them.
 * Depends on: Jakarta REST.
 */
@org.jspecify.annotations.NullMarked
package org.millrace.web.access;
