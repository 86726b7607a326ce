package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The console in a real browser: every page, every act, and a provider that fails while one looks.
 */
@Timeout(240)
class ConsoleIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String ESCAPE = "\uE00C";
  private static final String DIALOG = "dialog";
  private static final List<String> PAGES =
      List.of(
          "",
          "provider/resend",
          "notifications",
          "dead-letters",
          "callbacks",
          "policies",
          "preferences",
          "drills",
          "plugins",
          "audit");

  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private static final Map<String, String> TOKENS = new HashMap<>();

  @TempDir static Path data;
  private static SimulatorProcess simulator;
  private static GatewayProcess gateway;
  private static ApiClient api;
  private static Browser browser;

  @BeforeAll
  static void start() {
    simulator = SimulatorProcess.start();
    Path plugins = data.resolve("plugins");
    Distribution.copyPlugins(plugins);
    gateway =
        GatewayProcess.start(
            GatewaySettings.in(data.resolve("data"))
                .against(simulator)
                .with("plugins.dir", plugins)
                .with("plugins.upload", true)
                .with("callbacks.allowed_networks", "127.0.0.0/8")
                .with("dispatch.max_rounds", 1)
                .with("breaker.failure_threshold", 50));
    api = gateway.admin();
    browser = Browser.start();
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    if (gateway != null) {
      gateway.close();
    }
    if (simulator != null) {
      simulator.close();
    }
  }

  @BeforeEach
  void signIn() {
    SimulatorProcess.PLUGINS.forEach(plugin -> simulator.mode(plugin, "ok"));
    browser.screen(1440, 1000, "dark");
    signInAs("admin");
  }

  private static void signInAs(String role) {
    browser.open(gateway.url() + "/console/");
    browser.run("sessionStorage.clear()");
    browser.open("about:blank");
    browser.open(gateway.url() + "/console/");
    browser.type("#token", TOKENS.computeIfAbsent(role, gateway::token));
    browser.click("#sign-in");
    browser.awaitText("#connection", "Live");
    browser.awaitText("main", "Lanes");
  }

  /** The policy of the page lets nothing through that is not its own, and no script has failed. */
  @AfterEach
  void nothingWasComplainedOf() {
    assertThat(browser.complaints()).isEmpty();
  }

  private static void go(String page) {
    browser.run("location.hash = '#/" + page + "'");
    await().atMost(LIMIT).until(() -> browser.count("main[data-page='#/" + page + "']") == 1);
  }

  private static void confirm(String act) {
    browser.press(DIALOG, act);
    await().atMost(LIMIT).until(() -> browser.count(DIALOG) == 0);
  }

  @Test
  void whoHasNoTokenIsToldAndWhoSignsOutIsOut() {
    assertThat(browser.text("#mode")).isNotEmpty();
    browser.click("#sign-out");
    browser.type("#token", "nonsense");
    browser.click("#sign-in");
    browser.awaitText("[role=alert]", "does not take this token");
    assertThat(browser.run("return sessionStorage.length")).isEqualTo(0);
    assertThat(browser.count("nav")).isZero();
  }

  @Test
  void aProviderThatFailsIsNamedWithTheCauseWhileOneLooks() {
    browser.awaitText("#provider-sendgrid", "sendgrid");
    simulator.mode("sendgrid", "error");
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              api.send(Messages.email(NUMBERS.getAndIncrement()));
              assertThat(browser.text("#provider-sendgrid .why"))
                  .contains("failed in the last minute")
                  .contains("server error");
            });
    assertThat(browser.run("return document.querySelector('#provider-sendgrid').dataset.standing"))
        .isIn("danger", "caution");
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              api.send(Messages.email(NUMBERS.getAndIncrement()));
              assertThat(browser.text("#provider-resend")).contains("✓");
            });
    assertThat(browser.count("figure.flow path.line")).isEqualTo(4);
    assertThat(browser.count("#provider-resend svg.spark path.line")).isEqualTo(1);
    picture("console-board-dark");
  }

  @Test
  void providersAreCommanded() {
    go("provider/vonage");
    browser.press(".acts", "Open");
    browser.awaitText(DIALOG, "Open vonage?");
    browser.key(ESCAPE);
    await().atMost(LIMIT).until(() -> browser.count(DIALOG) == 0);
    assertThat(provider("vonage").getJsonObject("breaker").getString("state")).isEqualTo("closed");

    browser.press(".acts", "Open");
    confirm("Open");
    browser.awaitText("#provider-vonage", "breaker open");
    browser.awaitText("main", "opened by an operator");
    browser.press(".acts", "Reset");
    await().atMost(LIMIT).until(() -> !browser.text("#provider-vonage").contains("breaker open"));
    browser.press(".acts", "Drain");
    confirm("Drain");
    browser.awaitText("#provider-vonage", "takes nothing new");
    browser.press(".acts", "Enable");
    await()
        .atMost(LIMIT)
        .until(() -> !browser.text("#provider-vonage").contains("takes nothing new"));
    browser.press(".acts", "Check");
    browser.awaitText(".toasts", "vonage:");
  }

  @Test
  void aNotificationIsFoundAndItsDecisionExplained() {
    String id = api.send(Messages.sms(NUMBERS.getAndIncrement()));
    Settling.awaitAll(api, List.of(id), LIMIT, Timeline::isDelivered);
    go("notifications");
    browser.choose("#state", "delivered");
    browser.click("#search");
    browser.awaitText("main", id);
    browser.click("a[href='#/notification/" + id + "']");
    browser.awaitText(".timeline", "Attempt 1");
    browser.awaitText(".timeline", "delivered");
    assertThat(browser.text(".decision")).contains("Why").contains("twilio").contains("vonage");
    assertThat(browser.count(".candidate .score-bar")).isGreaterThanOrEqualTo(2);
    picture("console-timeline");
  }

  @Test
  void deadLettersAreTriedAndReplayed() {
    simulator.mode("telegram", "error");
    List<String> ids =
        List.of(
            api.send(Messages.telegram(NUMBERS.getAndIncrement())),
            api.send(Messages.telegram(NUMBERS.getAndIncrement())));
    Settling.awaitAll(api, ids, LIMIT, each -> "dead_letter".equals(each.state()));
    simulator.mode("telegram", "ok");
    go("dead-letters");
    browser.choose("#channel", "telegram");
    browser.awaitText("main", ids.get(0));
    browser.click("#dry-run");
    browser.awaitText("#dry-run-result", "would queue 2 notifications");
    assertThat(api.timeline(ids.get(0)).state()).isEqualTo("dead_letter");
    browser.click("#replay");
    confirm("Replay");
    // Telegram tells of no deliveries.
    Settling.awaitAll(api, ids, LIMIT, each -> "sent".equals(each.state()));
    browser.awaitText("main", "Nothing waits for a person.");
  }

  @Test
  void preferencesAreInForceAtOnceAndPoliciesExplain() {
    go("preferences");
    browser.type("#pref-min_success_rate", "73");
    browser.click("#save");
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(api.get("/api/v1/preferences").json(200).getValue("min_success_rate"))
                    .isEqualTo(73.0));
    go("policies");
    browser.click("#explain");
    browser.awaitText("main [role=status]", "sendgrid");
    browser.awaitText("main", "otp.yaml");
  }

  @Test
  void aDrillIsBegunAndAborted() {
    go("drills");
    browser.choose("#drill-provider", "resend");
    browser.type("#drill-count", "3");
    browser.click("#begin-drill");
    confirm("Begin");
    browser.awaitText("main", "running");
    browser.press("article", "Abort");
    browser.awaitText("article", "aborted");
  }

  @Test
  void aPluginIsUploadedAndRolledBack() throws Exception {
    Path jar = Files.createDirectory(data.resolve("upload")).resolve("twilio.jar");
    TwilioVersions.repacked(data.resolve("plugins/twilio.jar"), jar);
    go("plugins");
    browser.type("#jar", jar.toString());
    browser.click("#upload");
    browser.awaitText("main", TwilioVersions.NEXT);
    await().atMost(LIMIT).until(() -> TwilioVersions.running(api).equals(TwilioVersions.NEXT));
    browser.run("document.querySelectorAll('main details').forEach(each => { each.open = true })");
    browser.press("main details", "Roll back");
    confirm("Roll back");
    await().atMost(LIMIT).until(() -> !TwilioVersions.running(api).equals(TwilioVersions.NEXT));
  }

  @Test
  void callbacksAreKeptAndEveryActIsInTheAuditLog() {
    go("callbacks");
    browser.type("#callback-url", "https://127.0.0.1:9/signalbox");
    browser.click("#add-callback");
    browser.awaitText("#secret", "whsec_");
    browser.press("article", "Disable");
    browser.awaitText("article", "disabled");
    browser.press("article", "Remove …");
    browser.type("dialog input", "remove");
    confirm("Remove");
    browser.awaitText("main", "No endpoint receives events.");
    go("audit");
    browser.awaitText("main", "callback.create");
    browser.click("#verify");
    browser.awaitText("#verified", "is whole");
  }

  @Test
  void aViewerSeesWhatIsThereAndNoActs() {
    signInAs("viewer");
    browser.awaitText("#provider-resend", "resend");
    assertThat(browser.count(".acts")).isZero();
    assertThat(browser.text("nav"))
        .contains("Board", "Dead letters", "Policies")
        .doesNotContain("Preferences", "Plugins", "Audit", "Drills", "Callbacks");
    go("dead-letters");
    browser.awaitText("h1", "Dead letters");
    assertThat(browser.count("#replay")).isZero();
  }

  @Test
  void everyPageFitsANarrowScreenInBothThemes() {
    for (String theme : List.of("light", "dark")) {
      browser.screen(360, 780, theme);
      for (String page : PAGES) {
        go(page);
        String shown = page.isEmpty() ? "#banner" : "h1";
        await().atMost(LIMIT).until(() -> !browser.text("main " + shown).isEmpty());
        assertThat(browser.run("return document.documentElement.scrollWidth"))
            .as(page)
            .isEqualTo(360);
        assertThat(browser.count("input:not(label input):not([aria-label])"))
            .as("fields without a label on " + page)
            .isZero();
      }
    }
    go("");
    browser.screen(360, 780, "light");
    picture("console-narrow-light");
    browser.screen(1440, 1000, "light");
    picture("console-board-light");
  }

  private static JsonObject provider(String id) {
    return api.get("/api/v1/providers").json(200).getJsonArray("providers").stream()
        .map(JsonObject.class::cast)
        .filter(each -> id.equals(each.getString("id")))
        .findFirst()
        .orElseThrow();
  }

  /** Pictures for the documentation, made when they are asked for. */
  private static void picture(String name) {
    Path images = Path.of("..", "docs", "images");
    if (Boolean.getBoolean("signalbox.docs.update") && Files.isDirectory(images.getParent())) {
      browser.picture(images.resolve(name + ".png"));
    }
  }
}
