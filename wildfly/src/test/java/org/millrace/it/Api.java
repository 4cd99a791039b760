package org.millrace.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

/** The JSON resources, as one user calls them. */
final class Api {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          // As it is written: 1.10 is not 1.1 here.
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final URI base;
  private final Map<String, String> authorization;

  private Api(TestServer server, Map<String, String> authorization) {
    this.base = server.web().resolve("api/");
    this.authorization = authorization;
  }

  /** One of the development server's users, whose passwords are their names. */
  static Api as(TestServer server, String user) {
    return as(server, user, user);
  }

  static Api as(TestServer server, String user, String password) {
    String credentials = user + ":" + password;
    String basic = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    return new Api(server, Map.of("Authorization", "Basic " + basic));
  }

  static Api asNobody(TestServer server) {
    return new Api(server, Map.of());
  }

  /** Whatever was answered. */
  record Answer(HttpResponse<byte[]> response) {

    int status() {
      return response.statusCode();
    }

    HttpHeaders headers() {
      return response.headers();
    }

    String header(String name) {
      return headers().firstValue(name).orElse("");
    }

    String text() {
      return new String(response.body(), StandardCharsets.UTF_8);
    }

    JsonNode json() {
      return parse(text());
    }

    /** The body, if there is one, of an answer that must be one of success. */
    JsonNode ok() {
      assertThat(status()).as(text()).isBetween(200, 299);
      return text().isEmpty() ? JSON.nullNode() : json();
    }
  }

  static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + json, e);
    }
  }

  Answer get(String path) {
    return send("GET", path, null, new byte[0]);
  }

  /** Without a body. */
  Answer post(String path) {
    return send("POST", path, null, new byte[0]);
  }

  Answer post(String path, String json) {
    return send("POST", path, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  Answer put(String path, String json) {
    return send("PUT", path, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  Answer send(String method, String path, String mediaType, byte[] body) {
    var request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(Duration.ofSeconds(60))
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    authorization.forEach(request::setHeader);
    if (mediaType != null) {
      request.setHeader("Content-Type", mediaType);
    }
    try {
      return new Answer(HTTP.send(request.build(), BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
