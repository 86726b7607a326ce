package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A real Chromium without a window, driven over WebDriver by its own driver; both are Debian's. The
 * protocol is a few calls of JSON, so no client library is needed.
 */
final class Browser implements AutoCloseable {
  private static final Pattern PORT = Pattern.compile("started successfully on port (\\d+)(?=\\D)");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

  private final RunningProcess driver;
  private final HttpClient client = HttpClient.newHttpClient();
  private final String base;
  private final String session;

  private Browser(RunningProcess driver, String base) {
    this.driver = driver;
    this.base = base;
    JsonObject options =
        new JsonObject()
            .put(
                "args",
                new JsonArray(
                    List.of(
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--hide-scrollbars",
                        "--window-size=1440,1000")));
    JsonObject wanted =
        new JsonObject()
            .put("browserName", "chrome")
            .put("goog:loggingPrefs", new JsonObject().put("browser", "ALL"))
            .put("goog:chromeOptions", options);
    JsonObject body =
        new JsonObject().put("capabilities", new JsonObject().put("alwaysMatch", wanted));
    this.session = ((JsonObject) call("POST", "/session", body)).getString("sessionId");
  }

  /** Starts one; both programs must be installed. */
  static Browser start() {
    RunningProcess driver;
    try {
      driver = RunningProcess.start("chromedriver", new ProcessBuilder("chromedriver", "--port=0"));
    } catch (RuntimeException e) {
      throw new AssertionError("the packages chromium and chromium-driver are needed", e);
    }
    try {
      String port = driver.awaitOutput(PORT, Duration.ofSeconds(60)).group(1);
      return new Browser(driver, "http://127.0.0.1:" + port);
    } catch (RuntimeException | AssertionError e) {
      String tail = driver.tail();
      driver.close();
      throw new AssertionError("the browser did not start; " + tail, e);
    }
  }

  /** Opens an address. */
  void open(String url) {
    inSession("POST", "/url", new JsonObject().put("url", url));
  }

  /** Runs a script in the page and returns what it returns. */
  Object run(String script) {
    return inSession(
        "POST",
        "/execute/sync",
        new JsonObject().put("script", script).put("args", new JsonArray()));
  }

  /** All text that is seen in the first element of a selector; empty if there is none. */
  String text(String selector) {
    Object text = run("return document.querySelector(" + quoted(selector) + ")?.innerText ?? ''");
    return String.valueOf(text);
  }

  /** How many elements a selector has. */
  int count(String selector) {
    Object count = run("return document.querySelectorAll(" + quoted(selector) + ").length");
    return ((Number) count).intValue();
  }

  /** Waits until a text is seen in an element. */
  void awaitText(String selector, String part) {
    await("\"" + part + "\" in " + selector)
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(text(selector)).contains(part));
  }

  /** Clicks an element as a person does, once it can be clicked. */
  void click(String selector) {
    await("a click on " + selector)
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> clicked(selector));
  }

  /** A click on a button that is off would be lost without a word. */
  private boolean clicked(String selector) {
    if (count(selector + ":disabled") > 0) {
      return false;
    }
    inSession("POST", "/element/" + element(selector) + "/click", new JsonObject());
    return true;
  }

  /** Opens what is folded there; whether a text is seen in it then. Again, if it is drawn anew. */
  boolean unfolded(String selector, String text) {
    String open =
        "const all = [...document.querySelectorAll("
            + quoted(selector)
            + ")]; all.forEach(each => { each.open = true });"
            + " return all.some(each => each.innerText.includes("
            + quoted(text)
            + "))";
    return Boolean.TRUE.equals(run(open));
  }

  /** Clicks the first button in an element that has that text. */
  void press(String within, String text) {
    String find =
        "for (const each of document.querySelectorAll('[data-pressed]'))"
            + " each.removeAttribute('data-pressed'); const all = document.querySelectorAll("
            + quoted(within + " button")
            + ");"
            + " const found = [...all].find(each => each.innerText.trim() === "
            + quoted(text)
            + " && !each.disabled); found?.setAttribute('data-pressed', ''); return Boolean(found)";
    await("a button " + text + " in " + within)
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> Boolean.TRUE.equals(run(find)) && clicked("[data-pressed]"));
  }

  /** Writes into a field in the place of what is there; a path for one that takes files. */
  void type(String selector, String text) {
    // Again, if the page draws itself anew in the middle of it.
    await("a field " + selector)
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> typed(selector, text));
  }

  private boolean typed(String selector, String text) {
    String path = "/element/" + element(selector);
    // Emptied as by a person: the page hears of it before it draws itself again.
    run(
        "const field = document.querySelector("
            + quoted(selector)
            + "); if (field.type !== 'file' && field.value) { field.value = '';"
            + " field.dispatchEvent(new Event('input', {bubbles: true})) }");
    inSession("POST", path + "/value", new JsonObject().put("text", text));
    return true;
  }

  /** Chooses an option of a list. */
  void choose(String selector, String value) {
    String choose =
        "const list = document.querySelector("
            + quoted(selector)
            + "); if (![...(list?.options ?? [])].some(each => each.value === "
            + quoted(value)
            + ")) return false; list.value = "
            + quoted(value)
            + "; list.dispatchEvent(new Event('change', {bubbles: true})); return true";
    await("the choice " + value + " of " + selector)
        .atMost(PATIENCE)
        .until(() -> Boolean.TRUE.equals(run(choose)));
  }

  /** Presses a key of the keyboard, by its code of WebDriver. */
  void key(String key) {
    JsonArray acts = new JsonArray();
    for (String type : List.of("keyDown", "keyUp")) {
      acts.add(new JsonObject().put("type", type).put("value", key));
    }
    JsonObject keyboard = new JsonObject().put("type", "key").put("id", "k").put("actions", acts);
    inSession("POST", "/actions", new JsonObject().put("actions", new JsonArray().add(keyboard)));
  }

  /** Makes the screen as large as that, and asks for a theme and for no motion, which costs. */
  void screen(int width, int height, String theme) {
    devTools(
        "Emulation.setDeviceMetricsOverride",
        new JsonObject()
            .put("width", width)
            .put("height", height)
            .put("deviceScaleFactor", 1)
            .put("mobile", width < 500));
    JsonObject scheme = new JsonObject().put("name", "prefers-color-scheme").put("value", theme);
    JsonObject still =
        new JsonObject().put("name", "prefers-reduced-motion").put("value", "reduce");
    devTools(
        "Emulation.setEmulatedMedia",
        new JsonObject().put("features", new JsonArray().add(scheme).add(still)));
  }

  /** Keeps a picture of what is seen. */
  void picture(Path file) {
    Object png = inSession("GET", "/screenshot", null);
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, Base64.getDecoder().decode(String.valueOf(png)));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** What the page complained of since the last time, but for answers that were refusals. */
  List<String> complaints() {
    JsonArray lines =
        (JsonArray) inSession("POST", "/se/log", new JsonObject().put("type", "browser"));
    return lines.stream()
        .map(line -> (JsonObject) line)
        .filter(line -> !"INFO".equals(line.getString("level")))
        .map(line -> line.getString("message"))
        .filter(message -> !message.contains("Failed to load resource"))
        .toList();
  }

  private void devTools(String command, JsonObject parameters) {
    inSession(
        "POST",
        "/goog/cdp/execute",
        new JsonObject().put("cmd", command).put("params", parameters));
  }

  private String element(String selector) {
    JsonObject wanted = new JsonObject().put("using", "css selector").put("value", selector);
    return ((JsonObject) inSession("POST", "/element", wanted)).getString(ELEMENT);
  }

  private static String quoted(String text) {
    return Json.encode(text);
  }

  private Object inSession(String method, String path, JsonObject body) {
    return call(method, "/session/" + session + path, body);
  }

  private Object call(String method, String path, JsonObject body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Duration.ofMinutes(2))
            .header("content-type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body.encode()))
            .build();
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      Object value = new JsonObject(response.body()).getValue("value");
      if (response.statusCode() != 200) {
        throw new IllegalStateException(method + " " + path + ": " + value);
      }
      return value;
    } catch (IOException e) {
      throw new IllegalStateException(driver.tail(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      call("DELETE", "/session/" + session, null);
    } finally {
      driver.close();
    }
  }
}
