package org.millrace.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.annotation.Resource;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * The committed rows in the database of a running server. H2 lets nobody else open its file, so a
 * servlet beside the engine reads them.
 */
final class Rows {

  private static final String NAME = "millrace-test-rows";

  /**
   * Inside the server: carries out a statement, and answers a query with one line for each row,
   * tabs between the columns.
   */
  @WebServlet("/*")
  public static class QueryServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Resource(lookup = "java:jboss/datasources/MillraceDS")
    transient DataSource database;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      String sql = new String(request.getInputStream().readAllBytes(), UTF_8);
      StringBuilder text = new StringBuilder();
      try (Connection connection = database.getConnection();
          Statement statement = connection.createStatement();
          ResultSet rows = statement.execute(sql) ? statement.getResultSet() : null) {
        int columns = rows == null ? 0 : rows.getMetaData().getColumnCount();
        while (rows != null && rows.next()) {
          for (int column = 1; column <= columns; column++) {
            text.append(rows.getString(column)).append(column == columns ? '\n' : '\t');
          }
        }
      } catch (SQLException e) {
        response.setStatus(500);
        text.append(e);
      }
      response.getOutputStream().write(text.toString().getBytes(UTF_8));
    }
  }

  private final HttpClient http = HttpClient.newHttpClient();
  private final TestServer server;

  Rows(TestServer server) {
    this.server = server;
  }

  /** To be called before the server is started. */
  static void deployTo(TestServer server) {
    ShrinkWrap.create(WebArchive.class, NAME + ".war")
        .addClasses(Rows.class, QueryServlet.class)
        .as(ZipExporter.class)
        .exportTo(server.deployments().resolve(NAME + ".war").toFile(), true);
  }

  /** The rows of a query, each with tabs between its columns. */
  List<String> select(String sql) {
    HttpRequest request =
        HttpRequest.newBuilder(server.web().resolve("/" + NAME + "/"))
            .POST(BodyPublishers.ofString(sql))
            .build();
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new AssertionError(sql + ": " + response.statusCode() + " " + response.body());
      }
      return response.body().lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  long number(String sql) {
    return Long.parseLong(select(sql).get(0));
  }
}
