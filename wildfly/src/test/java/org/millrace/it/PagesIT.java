package org.millrace.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.Serializable;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The pages in a real browser, as people use them. */
class PagesIT {

  private static final String MESSAGE = "#messages li";

  private TestServer server;
  private Browser browser;

  @BeforeAll
  static void needsABrowser() {
    assumeTrue(
        Browser.isInstalled(),
        "No chromium and chromedriver on the PATH (Debian: chromium, chromium-driver):"
            + " the pages are not tested in a browser");
  }

  @BeforeEach
  void open(TestServer server) {
    this.server = server;
    browser = Browser.open(server, "en-US");
  }

  @AfterEach
  void close() {
    try (Browser closed = browser) {
      assertThat(closed.complaints()).isEmpty();
    }
  }

  @Test
  void givenAWrongPassword_whenSomebodyLogsIn_thenThePageSaysSo() {
    browser.logIn("operator", "wrong");
    assertThat(browser.text(".login .alert")).isEqualTo("Wrong user name or password.");
  }

  @Test
  void givenAnOperator_whenLoggedInAndOut_thenTheListOfInstancesIsSeenAndGone() {
    browser.logIn("operator");
    assertThat(browser.address()).isEqualTo("instances");
    assertThat(browser.text("h1")).isEqualTo("Instances");
    browser.click("#session\\:logout");
    assertThat(browser.text(".login h1")).isEqualTo("Log in to Millrace");
    browser.go("instances");
    assertThat(browser.text(".login h1")).isEqualTo("Log in to Millrace");
  }

  @Test
  void givenSomebodyWithTasksAlone_whenLoggedIn_thenTheTasksAreSeenAndNothingElse() {
    browser.logIn("user");
    assertThat(browser.address()).isEqualTo("tasks");
    assertThat(browser.texts("nav a")).containsExactly("Tasks");
    browser.go("instances");
    assertThat(browser.text("h1")).isEqualTo("This is not for your role");
  }

  @Test
  void givenNoSuchInstance_whenItIsOpened_thenThePageSaysSo() {
    browser.logIn("viewer");
    browser.go("instance?id=" + UUID.randomUUID());
    assertThat(browser.text("h1")).isEqualTo("There is nothing here");
  }

  @Test
  void givenALargeOrder_whenItIsPlacedAndApprovedOnThePages_thenItIsShipped() {
    browser.logIn("operator");
    String order = placeLargeOrder();
    String instance = browser.address();
    assertThat(browser.text(MESSAGE)).isEqualTo("The order " + order + " is placed.");
    awaitOnPage(".diagram.drawn .djs-overlays[data-container-id=approve] .mark.token", "1");
    assertThat(browser.texts(".diagram .bjs-powered-by")).isNotEmpty();

    try (Browser manager = Browser.open(server, "en-US")) {
      manager.logIn("user");
      manager.open(order);
      manager.click("#approval\\:approve");
      assertThat(manager.text(MESSAGE)).isEqualTo("Approved.");
    }

    browser.go(instance);
    awaitOnPage(".columns .wide tr:has(.badge.completed)", "ship-order");
  }

  @Test
  void givenAnInstance_whenAnOperatorActsOnIt_thenThePageShowsWhatBecameOfIt() {
    browser.logIn("operator");
    placeLargeOrder();
    awaitOnPage(".mark.token", "1");
    browser.click("#actions\\:suspend");
    assertThat(browser.text(".badge.suspended")).isEqualTo("Suspended");
    browser.click("#actions\\:resume");
    assertThat(browser.text("h1 .badge.running")).isEqualTo("Running");

    browser.click("#edit");
    browser.type("#changes textarea", "{\"note\":");
    browser.click("#changes\\:change");
    assertThat(browser.text("#changes .ui-message-error")).startsWith("This is not a JSON object");
    browser.type("#changes textarea", "{\"note\": \"新\"}");
    browser.click("#changes\\:change");
    assertThat(browser.text(MESSAGE)).isEqualTo("The variables are saved.");
    assertThat(browser.text(".variables")).contains("\"新\"");

    browser.click("#actions\\:cancel");
    browser.click(".ui-confirmdialog-yes");
    assertThat(browser.text("h1 .badge.cancelled")).isEqualTo("Cancelled");
    assertThat(browser.texts("#actions button")).isEmpty();
  }

  @Test
  void givenManyInstances_whenSearchedAndPaged_thenTheAddressKeepsWhatIsSeen() throws Exception {
    String customer = "customer-" + UUID.randomUUID();
    for (int i = 1; i <= 25; i++) {
      start(customer + "-" + i, customer);
    }
    browser.logIn("viewer");
    browser.type("#search\\:variable", "customer:" + customer + Keys.ENTER);
    awaitOnPage(".ui-paginator-current", "1–20 of 25");
    assertThat(browser.address()).isEqualTo("instances?variable=customer%3A" + customer);
    browser.click(".ui-paginator-next");
    awaitOnPage(".ui-paginator-current", "21–25 of 25");
    await().until(() -> browser.address().endsWith("&from=20"));
    browser.reload();
    awaitOnPage(".ui-paginator-current", "21–25 of 25");
    browser.type("#search\\:businessKey", customer + "-7" + Keys.ENTER);
    await().until(() -> browser.texts("#list a.strong").size() == 1);
    assertThat(browser.text("#list a.strong")).isEqualTo(customer + "-7");
    browser.type("#search\\:variable", "no-colon" + Keys.ENTER);
    assertThat(browser.text(MESSAGE)).isNotBlank();
  }

  @Test
  void givenAFile_whenItIsUploaded_thenItIsDeployedOrItsProblemsAreNamed(@TempDir Path files)
      throws Exception {
    browser.logIn("admin");
    browser.go("deploy");
    browser.choose("input[type=file]", file(files, "<choreographyTask id='odd'/>"));
    browser.click("#deploy\\:submit");
    assertThat(browser.text(".refused")).contains("odd");
    browser.choose("input[type=file]", file(files, ""));
    browser.click("#deploy\\:submit");
    assertThat(browser.text(MESSAGE)).isEqualTo("Deployed: pages-it 1.");
    assertThat(browser.texts("main td a.strong")).contains("pages-it");
  }

  @Test
  void givenADeadMessage_whenReplayedOnThePage_thenItIsServed() {
    Operations operator = new Operations(server, "operator");
    String process = "pages-" + UUID.randomUUID();
    new Operations(server, "admin").deploy(Bpmn.empty(process)).ok();
    Map<String, Serializable> properties =
        Map.of("_AMQ_ORIG_ADDRESS", "jms.queue.millrace.start", "process", process);
    new Inside(server)
        .send(
            new Letter(
                process,
                "millrace.dead",
                Letter.Kind.TEXT,
                properties,
                "{\"n\":1}".getBytes(UTF_8)));
    browser.logIn("operator");
    browser.click("nav a[href*=messages]");
    awaitOnPage("h1", "Set aside");
    browser.click("#actions a[href*=dead]");
    awaitOnPage("#list tbody", process);

    browser.open(process);

    assertThat(browser.text(MESSAGE)).isEqualTo("It is replayed.");
    await()
        .until(
            () -> operator.get("instances?process=" + process + "&state=completed").ok(),
            completed -> completed.get("total").asInt() == 1);
  }

  @Test
  void givenAChineseBrowser_whenTheLanguageIsSwitched_thenThePagesFollow() {
    try (Browser chinese = Browser.open(server, "zh-CN")) {
      chinese.go("");
      assertThat(chinese.text("h1")).isEqualTo("登录 Millrace");
      chinese.logIn("viewer");
      assertThat(chinese.text("h1")).isEqualTo("流程实例");
      chinese.click(".who a.quiet");
      await().until(() -> chinese.text("h1").equals("Instances"));
      chinese.go("stages");
      assertThat(chinese.text("h1")).isEqualTo("Stages");
    }
  }

  /**
   * Above the limit for the approval, so it stands there; the page of the instance is open then.
   */
  private String placeLargeOrder() {
    String order = "pages-" + UUID.randomUUID();
    browser.go("order");
    browser.type("#order\\:orderId", order);
    browser.type("#order\\:customer", "Ada");
    browser.type("[id$=price]", "20000");
    browser.click("#order\\:submit");
    await().until(() -> browser.address().startsWith("instance?id="));
    return order;
  }

  /** Reloads until one of these elements has the text in it. */
  private void awaitOnPage(String css, String text) {
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              if (browser.texts(css).stream().anyMatch(found -> found.contains(text))) {
                return true;
              }
              browser.reload();
              return false;
            });
  }

  private void start(String businessKey, String customer) throws Exception {
    String credentials = Base64.getEncoder().encodeToString("operator:operator".getBytes(UTF_8));
    URI instances = server.web().resolve("api/instances");
    String body =
        """
        {"process": "order", "businessKey": "%1$s",
         "variables": {"orderId": "%1$s", "customer": "%2$s",
                       "items": [{"sku": "A", "quantity": 1, "price": 5}]}}
        """
            .formatted(businessKey, customer);
    HttpRequest request =
        HttpRequest.newBuilder(instances)
            .header("Authorization", "Basic " + credentials)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
  }

  private static Path file(Path directory, String element) throws Exception {
    String xml =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="it">
          <process id="pages-it" isExecutable="true">
            <startEvent id="begin"/>
            %s
            <sequenceFlow id="flow" sourceRef="begin" targetRef="end"/>
            <endEvent id="end"/>
          </process>
        </definitions>
        """
            .formatted(element);
    return Files.writeString(directory.resolve("pages-it.bpmn"), xml);
  }
}
