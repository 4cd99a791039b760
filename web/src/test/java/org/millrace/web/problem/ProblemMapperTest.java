package org.millrace.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ejb.EJBAccessException;
import jakarta.ejb.EJBException;
import jakarta.ejb.EJBTransactionRolledbackException;
import jakarta.resource.ResourceException;
import jakarta.transaction.RollbackException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.millrace.api.operation.DeploymentRefused;
import org.millrace.api.operation.Problem;
import org.millrace.api.operation.Refusal;
import org.millrace.web.json.Json;

class ProblemMapperTest {

  private final ProblemMapper mapper = new ProblemMapper();
  private final Logger logger = Logger.getLogger(ProblemMapper.class.getName());
  private final Log log = new Log();

  @BeforeEach
  void listen() {
    logger.setUseParentHandlers(false);
    logger.addHandler(log);
  }

  @AfterEach
  void stopListening() {
    logger.removeHandler(log);
    logger.setUseParentHandlers(true);
  }

  @ParameterizedTest
  @CsvSource({
    "INVALID, 400, Bad Request",
    "FORBIDDEN, 403, Forbidden",
    "NOT_FOUND, 404, Not Found",
    "CONFLICT, 409, Conflict"
  })
  void givenRefusal_whenMapped_thenItsKindIsTheStatus(Refusal.Kind kind, int status, String title) {
    Response response = mapper.toResponse(new EJBException(new Refusal(kind, "no such thing")));

    assertThat(response.getMediaType()).hasToString("application/problem+json");
    assertThat(response.getStatus()).isEqualTo(status);
    assertThat(json(response))
        .isEqualTo(
            "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"no such thing\"}"
                .formatted(title, status));
    assertThat(log.records).isEmpty();
  }

  @Test
  void givenDocumentRefused_whenMapped_thenAllItsProblemsAreThere() {
    Response response =
        mapper.toResponse(
            new DeploymentRefused(
                List.of(new Problem("a", 3, "is odd"), new Problem(null, 0, "is empty"))));

    assertThat(response.getStatus()).isEqualTo(422);
    assertThat(json(response))
        .contains("\"title\":\"Unprocessable Content\"")
        .endsWith(
            "\"problems\":[{\"element\":\"a\",\"line\":3,\"message\":\"is odd\"},"
                + "{\"element\":null,\"line\":0,\"message\":\"is empty\"}]}");
  }

  @Test
  void givenCallerWithoutTheRole_whenMapped_thenForbiddenAndNoBeanNamed() {
    Response response = mapper.toResponse(new EJBAccessException("method x of bean Y"));

    assertThat(response.getStatus()).isEqualTo(403);
    assertThat(json(response)).doesNotContain("bean");
  }

  @Test
  void givenRollbackAtCommit_whenMapped_thenTheCallerMayTryAgain() {
    Response response =
        mapper.toResponse(
            new EJBTransactionRolledbackException("rolled back", new RollbackException("secret")));

    assertThat(response.getStatus()).isEqualTo(503);
    assertThat(json(response)).contains("try again").doesNotContain("secret");
    assertThat(log.records).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource
  void givenDatabaseAway_whenMapped_thenTheCallerMayTryAgainAndTheLogHasOneLine(Exception away) {
    Response response = mapper.toResponse(new EJBException(new IllegalStateException(away)));

    assertThat(response.getStatus()).isEqualTo(503);
    assertThat(json(response)).contains("database", "try again").doesNotContain("secret");
    assertThat(log.records).hasSize(1);
    assertThat(log.records.get(0).getThrown()).isNull();
    assertThat(log.records.get(0).getParameters()).contains("the secret");
  }

  static List<Exception>
      givenDatabaseAway_whenMapped_thenTheCallerMayTryAgainAndTheLogHasOneLine() {
    return List.of(
        new SQLException(new ResourceException("none", new SQLException("the secret"))),
        new SQLException("the secret", "08006"),
        new SQLException("the secret", "57P01"));
  }

  @Test
  void givenStatementThatIsWrong_whenMapped_thenNobodyForesawIt() {
    assertThat(mapper.toResponse(new EJBException(new SQLException("", "42601"))).getStatus())
        .isEqualTo(500);
    assertThat(mapper.toResponse(new EJBException(new SQLException())).getStatus()).isEqualTo(500);
  }

  @Test
  void givenWhatNobodyForesaw_whenMapped_thenTheClientLearnsTheIdInTheLogAndNothingElse() {
    Response response =
        mapper.toResponse(new EJBException(new IllegalStateException("the secret")));

    var problem = (ProblemDocument) response.getEntity();
    assertThat(response.getStatus()).isEqualTo(500);
    assertThat(json(response)).doesNotContain("secret", "Exception");
    assertThat(problem.instance()).startsWith("urn:uuid:");
    assertThat(log.records).hasSize(1);
    assertThat(log.records.get(0).getMessage())
        .contains(problem.instance().substring("urn:uuid:".length()));
    assertThat(log.records.get(0).getThrown()).hasStackTraceContaining("the secret");
  }

  @Test
  void givenErrorOfTheServersOwn_whenMapped_thenItIsOneOfThoseToo() {
    assertThat(mapper.toResponse(new WebApplicationException(500)).getStatus()).isEqualTo(500);
    assertThat(log.records).hasSize(1);
  }

  @Test
  void givenWhatJakartaRestRefuses_whenMapped_thenStatusAndAllowStay() {
    assertThat(mapper.toResponse(new NotFoundException()).getStatus()).isEqualTo(404);
    assertThat(mapper.toResponse(new NotSupportedException()).getStatus()).isEqualTo(415);
    Response notAllowed = mapper.toResponse(new NotAllowedException("GET", new String[] {"POST"}));
    assertThat(notAllowed.getStatus()).isEqualTo(405);
    assertThat(notAllowed.getHeaderString("Allow")).contains("GET").contains("POST");
    assertThat(notAllowed.getMediaType()).hasToString("application/problem+json");
  }

  @Test
  void givenAnswerThatIsNoError_whenMapped_thenItStays() {
    Response options = Response.noContent().header("Allow", "GET").build();

    assertThat(mapper.toResponse(new WebApplicationException(options))).isSameAs(options);
  }

  private static String json(Response response) {
    return new String(Json.write(response.getEntity()), StandardCharsets.UTF_8);
  }

  private static final class Log extends Handler {
    final List<LogRecord> records = new ArrayList<>();

    @Override
    public void publish(LogRecord entry) {
      records.add(entry);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
