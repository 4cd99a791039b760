package org.millrace.persistence;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Tells of each statement that is prepared. What is executed as a batch is one. */
final class NotedStatements {

  private NotedStatements() {}

  /** Is told before the statement is prepared, and can have it fail. */
  @FunctionalInterface
  interface Noting {
    void note(String sql) throws SQLException;
  }

  static DataSource of(DataSource dataSource, Noting noting) {
    return proxy(
        DataSource.class,
        (method, args) -> {
          Object result = call(method, dataSource, args);
          return result instanceof Connection connection ? of(connection, noting) : result;
        });
  }

  private static Connection of(Connection connection, Noting noting) {
    return proxy(
        Connection.class,
        (method, args) -> {
          if (method.getName().equals("prepareStatement")) {
            noting.note((String) args[0]);
          }
          return call(method, connection, args);
        });
  }

  @FunctionalInterface
  private interface Call {
    Object with(Method method, Object[] args) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, args) -> call.with(method, args)));
  }

  private static Object call(Method method, Object target, Object[] args) throws Throwable {
    try {
      return method.invoke(target, args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
