package io.signalbox.deploy;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A gateway against a simulator, and a browser that looks at its console. */
final class ConsoleStand implements AutoCloseable {
  static final Duration LIMIT = Duration.ofSeconds(60);
  static final String DIALOG = "dialog";

  private final SimulatorProcess simulator;
  private final GatewayProcess gateway;
  private final ApiClient api;
  private final String admin;
  private final Browser browser;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private String signedIn = "";

  private ConsoleStand(
      SimulatorProcess simulator, GatewayProcess gateway, GatewaySettings settings) {
    this.simulator = simulator;
    this.gateway = gateway;
    this.api = gateway.admin();
    this.admin = AdminToken.of(settings.dataDir());
    this.browser = Browser.start();
  }

  /** Starts all of it, with the plugins in a folder of their own. */
  static ConsoleStand start(Path data) {
    SimulatorProcess simulator = SimulatorProcess.start();
    try {
      Path plugins = data.resolve("plugins");
      Distribution.copyPlugins(plugins);
      GatewaySettings settings =
          GatewaySettings.in(data.resolve("data"))
              .against(simulator)
              .withAttemptTimeout("2s", OnCallWatch.PROVIDER)
              .with("plugins.dir", plugins)
              .with("plugins.upload", true)
              .with("callbacks.allowed_networks", "127.0.0.0/8")
              .with("dispatch.max_rounds", 1)
              .with("breaker.failure_threshold", 50);
      GatewayProcess gateway = GatewayProcess.start(settings);
      try {
        return new ConsoleStand(simulator, gateway, settings);
      } catch (RuntimeException | AssertionError e) {
        gateway.close();
        throw e;
      }
    } catch (RuntimeException | AssertionError e) {
      simulator.close();
      throw e;
    }
  }

  SimulatorProcess simulator() {
    return simulator;
  }

  ApiClient api() {
    return api;
  }

  Browser browser() {
    return browser;
  }

  /** Loads the page as it stands, signed in or not. */
  void openConsole() {
    browser.open(gateway.url() + "/console/");
  }

  /** The board as somebody of a role sees it who has just loaded the page. */
  void signInAs(String role) {
    openConsole();
    if (!signedIn.equals(role)) {
      browser.run("sessionStorage.clear()");
      browser.open("about:blank");
      openConsole();
      browser.type("#token", "admin".equals(role) ? admin : gateway.token(role));
      browser.click("#sign-in");
    }
    browser.awaitText("#connection", "Live");
    browser.awaitText("main", "Lanes");
    signedIn = role;
  }

  /** The next who signs in has to do so with a token. */
  void forget() {
    signedIn = "";
  }

  /** Takes a stream of live events of the admin; empty if there is none for it now. */
  Optional<InputStream> stream() {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(gateway.url() + "/api/v1/events"))
            .timeout(LIMIT)
            .header("Authorization", "Bearer " + admin)
            .header("Accept", "text/event-stream")
            .build();
    try {
      HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
      if (response.statusCode() == 200) {
        return Optional.of(response.body());
      }
      response.body().close();
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Goes to a page by its address. */
  void go(String page) {
    browser.run("location.hash = '#/" + page + "'");
    await(page).atMost(LIMIT).until(() -> browser.count("main[data-page='#/" + page + "']") == 1);
  }

  /** Answers the question that is asked, with that button. */
  void confirm(String act) {
    browser.press(DIALOG, act);
    await(act).atMost(LIMIT).until(() -> browser.count(DIALOG) == 0);
  }

  /** The same where a word is to be typed first. */
  void confirm(String word, String act) {
    browser.type(DIALOG + " input", word);
    confirm(act);
  }

  /** Pictures for the documentation, made when they are asked for. */
  void picture(String name) {
    Path images = Path.of("..", "docs", "images");
    if (Boolean.getBoolean("signalbox.docs.update") && Files.isDirectory(images.getParent())) {
      browser.picture(images.resolve(name + ".png"));
    }
  }

  @Override
  public void close() {
    try {
      browser.close();
    } finally {
      gateway.close();
      simulator.close();
    }
  }
}
