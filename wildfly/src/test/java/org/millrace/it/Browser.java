package org.millrace.it;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ThrowingRunnable;
import org.openqa.selenium.By;
import org.openqa.selenium.InvalidElementStateException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A real browser on the pages: Chromium, without a window. What it looks for, it waits for. */
final class Browser implements AutoCloseable {

  private static final Optional<File> CHROMIUM = find("chromium", "chromium-browser");
  private static final Optional<File> DRIVER = find("chromedriver");

  /** It misses the debugging protocol of each new Chromium, which nothing here speaks. */
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  static {
    SELENIUM.setLevel(Level.SEVERE);
  }

  private final URI pages;
  private final ChromeDriver driver;

  private Browser(URI pages, ChromeDriver driver) {
    this.pages = pages;
    this.driver = driver;
  }

  static boolean isInstalled() {
    return CHROMIUM.isPresent() && DRIVER.isPresent();
  }

  /**
   * Opens a browser with nothing in it yet.
   *
   * @param language which one it asks for, such as {@code zh-CN}
   */
  static Browser open(TestServer server, String language) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM.orElseThrow());
    // Its sandbox needs rights that builds often lack; only our own pages are opened in it.
    options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage");
    options.addArguments("--window-size=1280,1000");
    options.setExperimentalOption("prefs", Map.of("intl.accept_languages", language));
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(DRIVER.orElseThrow())
            .withSilent(true)
            .build();
    return new Browser(server.web(), new ChromeDriver(service, options));
  }

  void go(String path) {
    driver.get(pages.resolve(path).toString());
  }

  void reload() {
    driver.navigate().refresh();
  }

  void logIn(String user, String password) {
    go("");
    type("#name", user);
    type("#password", password);
    click(".login button");
  }

  void logIn(String user) {
    logIn(user, user);
    until(() -> driver.findElement(By.cssSelector(".top .user")));
  }

  void click(String css) {
    until(() -> driver.findElement(By.cssSelector(css)).click());
  }

  /** Follows the first link, or presses the first button, in the row of a table that has this. */
  void open(String text) {
    By link = By.xpath("//tbody/tr[contains(., '" + text + "')]//*[self::a or self::button]");
    until(() -> driver.findElement(link).click());
  }

  void type(String css, CharSequence text) {
    until(
        () -> {
          WebElement field = driver.findElement(By.cssSelector(css));
          field.clear();
          field.sendKeys(text);
        });
  }

  /**
   * Goes there and strikes the keys, as one without a mouse does. The driver's own {@code sendKeys}
   * refuses what is there for the keyboard alone, such as the box below a drawn one.
   */
  void press(String css, CharSequence keys) {
    until(
        () -> {
          WebElement there = driver.findElement(By.cssSelector(css));
          driver.executeScript("arguments[0].focus()", there);
          if (!driver.switchTo().activeElement().equals(there)) {
            throw new InvalidElementStateException(css + " takes no keys");
          }
          new Actions(driver).sendKeys(keys).perform();
        });
  }

  void choose(String css, Path file) {
    until(() -> driver.findElement(By.cssSelector(css)).sendKeys(file.toString()));
  }

  /** Posts a form to another page, with the view state of this one; returns the status. */
  long send(String path, String form) {
    return (Long)
        driver.executeScript(
            """
        const body = arguments[1] + '&jakarta.faces.ViewState='
            + encodeURIComponent(document.querySelector('[name="jakarta.faces.ViewState"]').value);
        const request = new XMLHttpRequest();
        request.open('POST', arguments[0], false);
        request.setRequestHeader('Content-Type', 'application/x-www-form-urlencoded');
        request.send(body);
        return request.status;
        """,
            pages.resolve(path).toString(),
            form);
  }

  /** The text of the first such element, once there is one and it is seen. */
  String text(String css) {
    return patiently()
        .until(() -> driver.findElement(By.cssSelector(css)).getText(), text -> !text.isBlank());
  }

  /** The texts of all such elements as they are now. */
  List<String> texts(String css) {
    return patiently()
        .until(
            () ->
                driver.findElements(By.cssSelector(css)).stream().map(WebElement::getText).toList(),
            texts -> true);
  }

  /** Where it is: path and query below the pages' root. */
  String address() {
    return pages.relativize(URI.create(driver.getCurrentUrl())).toString();
  }

  /** Scripts that failed, and what the content security policy stopped, since the last call. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(entry -> entry.getMessage())
        .filter(text -> text.contains("Uncaught") || text.contains("Content Security Policy"))
        .toList();
  }

  @Override
  public void close() {
    driver.quit();
  }

  private static void until(ThrowingRunnable action) {
    patiently().untilAsserted(action);
  }

  /** Elements come, go and move while a page is being built: that is no error yet. */
  private static ConditionFactory patiently() {
    return await().atMost(Operations.PATIENCE).ignoreExceptionsInstanceOf(WebDriverException.class);
  }

  private static Optional<File> find(String... names) {
    return Stream.of(names)
        .flatMap(
            name ->
                Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                    .map(directory -> new File(directory, name)))
        .filter(File::canExecute)
        .findFirst();
  }
}
