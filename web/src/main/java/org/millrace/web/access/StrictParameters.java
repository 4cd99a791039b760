package org.millrace.web.access;

import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.millrace.web.problem.ProblemException;

/**
 * Refuses parameters that a resource does not know, or that are given twice: a slip of the pen must
 * not turn "retry these" into "retry all".
 */
@Provider
public class StrictParameters implements ContainerRequestFilter {

  @Context ResourceInfo resource;

  @Override
  public void filter(ContainerRequestContext request) {
    MultivaluedMap<String, String> given = request.getUriInfo().getQueryParameters();
    check(known(resource.getResourceMethod()), given);
    request.getUriInfo().getPathParameters().values().forEach(StrictParameters::requireText);
  }

  static void check(Set<String> known, MultivaluedMap<String, String> given) {
    given.forEach(
        (name, values) -> {
          if (!known.contains(name)) {
            throw new ProblemException(
                400,
                "there is no parameter %s here; there are: %s"
                    .formatted(name, String.join(", ", known)));
          }
          if (values.size() > 1) {
            throw new ProblemException(400, name + ": is given more than once");
          }
          requireText(values);
        });
  }

  /** Databases take no NUL. */
  private static void requireText(Collection<String> values) {
    if (values.stream().anyMatch(value -> value.indexOf('\0') >= 0)) {
      throw new ProblemException(400, "the address contains the character NUL");
    }
  }

  private static Set<String> known(Method method) {
    return Arrays.stream(method.getParameters())
        .map(parameter -> parameter.getAnnotation(QueryParam.class))
        .filter(Objects::nonNull)
        .map(QueryParam::value)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
