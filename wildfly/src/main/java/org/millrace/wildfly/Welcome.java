package org.millrace.wildfly;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.wildfly.extension.core.management.client.Process.RuntimeConfigurationState;
import org.wildfly.extension.core.management.client.ProcessStateListener;
import org.wildfly.extension.core.management.client.RuntimeConfigurationStateChangeEvent;

/**
 * Prints, once the server and all its deployments are ready, where the pages are, who may log in
 * and how to start an order. Runs inside the server, so it does so however the server was started.
 */
public final class Welcome implements ProcessStateListener {

  private static final System.Logger LOG = System.getLogger("org.millrace");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(200);

  @Override
  public void runtimeConfigurationStateChanged(RuntimeConfigurationStateChangeEvent event) {
    if (event.getOldState() == RuntimeConfigurationState.STARTING
        && event.getNewState() == RuntimeConfigurationState.RUNNING) {
      // The server waits for its listeners: ask it from a thread of our own.
      Thread thread = new Thread(Welcome::sayWhenReady, "millrace-welcome");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private static void sayWhenReady() {
    try {
      if (isReadyInTime()) {
        LOG.log(System.Logger.Level.INFO, Welcome::text);
      } else {
        LOG.log(
            System.Logger.Level.ERROR,
            "Millrace is NOT ready: see the errors above, and " + readiness());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isReadyInTime() throws InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(readiness()).timeout(Duration.ofSeconds(5)).build();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      try {
        if (client.send(request, BodyHandlers.discarding()).statusCode() == 200) {
          return true;
        }
      } catch (IOException e) {
        // Not listening yet.
      }
      Thread.sleep(PAUSE.toMillis());
    }
    return false;
  }

  private static URI readiness() {
    String host = reachable(System.getProperty("jboss.bind.address.management", "127.0.0.1"));
    return URI.create(
        "http://" + host + ":" + port("jboss.management.http.port", 9990) + "/health/ready");
  }

  private static String text() {
    String host = reachable(System.getProperty("jboss.bind.address", "127.0.0.1"));
    String url = "http://" + host + ":" + port("jboss.http.port", 8080) + "/millrace";
    return """
        Millrace is ready.

          Pages and JSON resources:  %1$s
          Users:                     viewer, operator, admin, user, client, worker
          Start an order:

        curl -u operator:operator -H 'Content-Type: application/json' -d '{"process":"order","businessKey":"1","variables":{"orderId":"1","customer":"alice","items":[{"sku":"A","quantity":2,"price":10}]}}' %1$s/api/instances

          *****************************************************************************
          ***  DEVELOPMENT SERVER: each of these users has its name as password.    ***
          ***  Never let this server be reached from other machines as it is.       ***
          *****************************************************************************
        """
        .formatted(url);
  }

  private static int port(String property, int standard) {
    return Integer.getInteger(property, standard)
        + Integer.getInteger("jboss.socket.binding.port-offset", 0);
  }

  /** An address to connect to, for one to listen on. */
  private static String reachable(String bindAddress) {
    return bindAddress.equals("0.0.0.0") || bindAddress.equals("::") ? "127.0.0.1" : bindAddress;
  }
}
