package org.millrace.web.resource;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Where the resources begin; the container finds the classes by their annotations. */
@ApplicationPath("/api")
public class Api extends Application {}
