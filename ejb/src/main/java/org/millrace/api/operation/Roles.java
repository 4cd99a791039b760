package org.millrace.api.operation;

/** The roles of the engine's users, as the server's security domain knows them. */
public final class Roles {

  /** Sees everything. */
  public static final String VIEWER = "viewer";

  /** Acts on instances, incidents, stages and messages. */
  public static final String OPERATOR = "operator";

  /** Deploys. */
  public static final String ADMIN = "admin";

  /** Works on human tasks. */
  public static final String USER = "user";

  private Roles() {}
}
