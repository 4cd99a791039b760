package org.millrace.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** Modification and migration on the pages, as an operator uses them. */
class VersionsIT {

  private static final String MESSAGE = "#messages li";

  private final String process = "versions-" + UUID.randomUUID();
  private TestServer server;
  private Api operator;
  private Browser browser;

  @BeforeAll
  static void needsABrowser() {
    assumeTrue(Browser.isInstalled(), "No chromium and chromedriver on the PATH");
  }

  @BeforeEach
  void open(TestServer server) {
    this.server = server;
    operator = Api.as(server, "operator");
    browser = Browser.open(server, "en-US");
    deploy("sign");
  }

  @AfterEach
  void close() {
    try (Browser closed = browser) {
      assertThat(closed.complaints()).isEmpty();
    }
  }

  @Test
  void givenATask_whenModifiedOnThePage_thenThePreviewIsCarriedOutAndNothingElse() {
    String id = start("one");
    browser.logIn("operator");
    browser.go("instance?id=" + id);
    browser.click("#actions\\:modify");

    browser.press("#modify\\:cancel\\:0", Keys.SPACE);
    browser.click("#modify\\:start .ui-selectcheckboxmenu-trigger");
    browser.click("#modify\\:start_panel li[data-item-value=sign] .ui-chkbox-box");
    browser.press("#modify\\:preview", Keys.ENTER);
    assertThat(browser.text(".preview")).contains("check", "sub", "sign", "Running");
    assertThat(standing(id)).isEqualTo("check");

    browser.type("#modify textarea", "{\"note\": 1}");
    browser.click("#modify\\:carryOut");
    assertThat(browser.text(MESSAGE)).startsWith("You have changed something since the preview");
    assertThat(standing(id)).isEqualTo("check");

    browser.press("#modify\\:carryOut", Keys.ENTER);
    await().until(() -> browser.address().startsWith("instance?id="));
    assertThat(browser.text(MESSAGE)).isEqualTo("The instance is modified.");
    assertThat(standing(id)).isEqualTo("sign");
    assertThat(operator.get("instances/" + id).json().at("/variables/note").asInt()).isEqualTo(1);
  }

  @Test
  void givenAPreview_whenTheInstanceHasGoneOnMeanwhile_thenNothingIsDoneAndThePageSaysWhy() {
    String id = start("one");
    browser.logIn("operator");
    browser.go("modify?id=" + id);
    browser.press("#modify\\:cancel\\:0", Keys.SPACE);
    browser.click("#modify\\:preview");
    assertThat(browser.text(".preview .badge")).isEqualTo("Cancelled");

    complete(id);
    browser.click("#modify\\:carryOut");

    assertThat(browser.text("#messages .ui-messages-error"))
        .isEqualTo("nothing is at \"check\" that could be cancelled");
    assertThat(standing(id)).isEqualTo("sign");
  }

  @Test
  void givenTwoVersions_whenAllAreMigratedOnThePage_thenADryRunSaysFirstWhatFits() {
    String first = start("one");
    String second = start("two");
    complete(second);
    deploy("signature");
    browser.logIn("operator");
    browser.go("definition?id=" + process + "&version=1");
    browser.click("a[id$=migrate]");

    browser.click("#migrate\\:dryRun");
    assertThat(browser.text("#fitting")).isEqualTo("Fit: 1");
    assertThat(browser.text("#failed")).isEqualTo("Do not fit: 1");
    assertThat(browser.text("#migrate\\:misfits tbody tr"))
        .contains("two", "sign has no counterpart in the new version");

    chooseSignature();
    browser.click("#migrate\\:carryOut");
    assertThat(browser.text(MESSAGE)).startsWith("You have changed something since the dry run");
    assertThat(browser.text("#fitting")).isEqualTo("Fit: 2");
    assertThat(version(first)).isEqualTo(1);

    browser.press("#migrate\\:carryOut", Keys.ENTER);
    await().until(() -> browser.texts("#fitting").contains("Migrated: 2"));
    assertThat(browser.text("#failed")).isEqualTo("Not migrated: 0");
    assertThat(version(first)).isEqualTo(2);
    assertThat(standing(second)).isEqualTo("signature");
  }

  @Test
  void givenOneInstance_whenMigratedFromItsPage_thenWhatDoesNotFitIsSaidUntilItDoes() {
    String id = start("one");
    complete(id);
    deploy("signature");
    browser.logIn("operator");
    browser.go("instance?id=" + id);
    browser.click("#actions\\:migrate");

    browser.click("#migrate\\:preview");
    assertThat(browser.text(".refused")).contains("sign has no counterpart in the new version");
    assertThat(browser.texts("#migrate\\:carryOut")).isEmpty();

    chooseSignature();
    browser.click("#migrate\\:preview");
    assertThat(browser.text(".preview .waits")).contains("signature");
    browser.click("#migrate\\:carryOut");
    assertThat(browser.text(MESSAGE)).isEqualTo("The instance goes on in version 2.");
    assertThat(version(id)).isEqualTo(2);
  }

  @Test
  void givenAViewer_whenTheyLookAround_thenNothingIsOfferedAndNothingCanBeSent() {
    String id = start("one");
    browser.logIn("viewer");
    browser.go("instance?id=" + id);
    assertThat(browser.text("h1")).contains("one");
    assertThat(browser.texts("a[href*='modify?'], a[href*='migrate']")).isEmpty();
    browser.go("definition?id=" + process + "&version=1");
    assertThat(browser.texts("a[href*='migrate']")).isEmpty();
    for (String page :
        new String[] {
          "modify?id=" + id, "migrateInstance?id=" + id, "migrate?process=" + process
        }) {
      browser.go(page);
      assertThat(browser.text("h1")).as(page).isEqualTo("This is not for your role");
    }

    // The form of a page that they may see, sent to one that they may not.
    browser.go("instance?id=" + id);
    String form = "modify=modify&modify:cancel=check&modify:variables:text=%7B%7D";
    assertThat(browser.send("modify?id=" + id, form + "&modify:preview=")).isNotEqualTo(200);
    assertThat(browser.send("modify?id=" + id, form + "&modify:carryOut=")).isNotEqualTo(200);
    assertThat(standing(id)).isEqualTo("check");
  }

  private void chooseSignature() {
    String row = "#migrate\\:mapping\\:rows_data tr:last-child ";
    browser.click(row + ".ui-selectonemenu-trigger");
    browser.click(".ui-connected-overlay-enter-done li[data-label=signature]");
    await().until(() -> browser.text(row + ".ui-selectonemenu-label").equals("signature"));
  }

  private String start(String businessKey) {
    return operator
        .post(
            "instances",
            "{\"process\":\"%s\",\"businessKey\":\"%s\"}".formatted(process, businessKey))
        .ok()
        .get("id")
        .asText();
  }

  private void complete(String id) {
    String wait = operator.get("instances/" + id + "/waits").json().at("/0/id").asText();
    operator.post("waits/" + wait + "/trigger", "{}").ok();
  }

  private String standing(String id) {
    return operator.get("instances/" + id).json().at("/tokens/0/activity").asText();
  }

  private int version(String id) {
    return operator.get("instances/" + id).json().get("version").asInt();
  }

  private void deploy(String last) {
    String xml =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="it">
          <process id="%s" isExecutable="true">
            <startEvent id="begin"/>
            <sequenceFlow id="f1" sourceRef="begin" targetRef="check"/>
            <userTask id="check" name="Check it"/>
            <sequenceFlow id="f2" sourceRef="check" targetRef="sub"/>
            <subProcess id="sub"><userTask id="%s"/></subProcess>
          </process>
        </definitions>
        """
            .formatted(process, last);
    Api.as(server, "admin").send("POST", "definitions", "text/xml", xml.getBytes(UTF_8)).ok();
  }
}
