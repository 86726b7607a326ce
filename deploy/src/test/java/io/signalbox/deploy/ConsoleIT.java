package io.signalbox.deploy;

import static io.signalbox.deploy.ConsoleStand.DIALOG;
import static io.signalbox.deploy.ConsoleStand.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The console in a real browser: every page, every act, and a provider that fails while one looks.
 */
@Timeout(400)
@TestMethodOrder(OrderAnnotation.class)
class ConsoleIT {
  private static final String ESCAPE = "\uE00C";
  private static final int STREAMS_OF_ONE = 10;

  private static final List<String> PAGES =
      List.of(
          "",
          "provider/resend",
          "notifications",
          "dead-letters",
          "suppressions",
          "erasures",
          "templates",
          "template/greeting",
          "callbacks",
          "policies",
          "policy/otp",
          "preferences",
          "drills",
          "plugins",
          "api-keys",
          "audit");

  private static final AtomicInteger NUMBERS = new AtomicInteger();

  @TempDir static Path data;
  private static ConsoleStand stand;
  private static SimulatorProcess simulator;
  private static ApiClient api;
  private static Browser browser;

  @BeforeAll
  static void start() {
    stand = ConsoleStand.start(data);
    simulator = stand.simulator();
    api = stand.api();
    browser = stand.browser();
  }

  @AfterAll
  static void stop() {
    if (stand != null) {
      stand.close();
    }
  }

  @BeforeEach
  void signIn() {
    SimulatorProcess.PLUGINS.forEach(plugin -> simulator.mode(plugin, "ok"));
    browser.screen(1440, 1000, "dark");
    stand.signInAs("admin");
  }

  /** The policy of the page lets nothing through that is not its own, and no script has failed. */
  @AfterEach
  void nothingWasComplainedOf() {
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void whoHasNoTokenIsToldAndWhoSignsOutIsOut() {
    await().atMost(LIMIT).until(() -> !browser.text("#mode").isEmpty());
    browser.click("#sign-out");
    stand.forget();
    browser.type("#token", "nonsense");
    browser.click("#sign-in");
    browser.awaitText("[role=alert]", "does not take this token");
    assertThat(browser.run("return sessionStorage.length")).isEqualTo(0);
    assertThat(browser.count("nav")).isZero();
  }

  @Test
  void whyTheGatewayTellsNothingIsSaid() throws Exception {
    browser.open("about:blank");
    List<InputStream> held = new ArrayList<>();
    try {
      await()
          .atMost(LIMIT)
          .until(
              () -> {
                stand.stream().ifPresent(held::add);
                return held.size() == STREAMS_OF_ONE;
              });
      stand.openConsole();
      browser.awaitText("#refusal", "which is the most");
      browser.awaitText("#connection", "Refused");
    } finally {
      for (InputStream each : held) {
        each.close();
      }
    }
    browser.awaitText("#connection", "Live");
    await().atMost(LIMIT).until(() -> browser.count("#refusal") == 0);
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
              assertThat(
                      browser.run(
                          "return document.querySelector('#provider-sendgrid').dataset.standing"))
                  .isIn("danger", "caution");
            });
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              api.send(Messages.email(NUMBERS.getAndIncrement()));
              assertThat(browser.text("#provider-resend")).contains("✓");
            });
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              assertThat(browser.count("figure.flow path.line")).isEqualTo(4);
              assertThat(browser.count("#provider-resend svg.spark path.line")).isEqualTo(1);
            });
    stand.picture("console-board-dark");
  }

  @Test
  void providersAreCommanded() {
    stand.go("provider/vonage");
    browser.press(".acts", "Open");
    browser.awaitText(DIALOG, "Open vonage?");
    browser.key(ESCAPE);
    await().atMost(LIMIT).until(() -> browser.count(DIALOG) == 0);
    assertThat(provider("vonage").getJsonObject("breaker").getString("state")).isEqualTo("closed");

    browser.press(".acts", "Open");
    stand.confirm("Open");
    browser.awaitText("#provider-vonage", "breaker open");
    browser.awaitText("main", "opened by an operator");
    browser.press(".acts", "Reset");
    await().atMost(LIMIT).until(() -> !browser.text("#provider-vonage").contains("breaker open"));
    browser.press(".acts", "Drain");
    stand.confirm("Drain");
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
    stand.go("notifications");
    browser.choose("#state", "delivered");
    browser.click("#search");
    browser.awaitText("main", id);
    browser.click("a[href='#/notification/" + id + "']");
    browser.awaitText(".timeline", "Attempt 1");
    browser.awaitText(".timeline", "delivered");
    assertThat(browser.text(".decision")).contains("Why").contains("twilio").contains("vonage");
    assertThat(browser.count(".candidate .score-bar")).isGreaterThanOrEqualTo(2);
    stand.picture("console-timeline");
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
    stand.go("dead-letters");
    browser.choose("#channel", "telegram");
    browser.awaitText("main", ids.get(0));
    browser.click("#dry-run");
    browser.awaitText("#dry-run-result", "would queue 2 notifications");
    assertThat(api.timeline(ids.get(0)).state()).isEqualTo("dead_letter");
    browser.click("#replay");
    stand.confirm("Replay");
    // Telegram tells of no deliveries.
    Settling.awaitAll(api, ids, LIMIT, each -> "sent".equals(each.state()));
    browser.awaitText("main", "Nothing waits for a person.");
  }

  @Test
  void deadLettersAreDiscardedOnceTheWordIsTyped() {
    simulator.mode("telegram", "error");
    String id = api.send(Messages.telegram(NUMBERS.getAndIncrement()));
    Settling.awaitAll(api, List.of(id), LIMIT, each -> "dead_letter".equals(each.state()));
    stand.go("dead-letters");
    browser.choose("#channel", "telegram");
    browser.awaitText("main", id);
    browser.click("#discard");
    browser.awaitText(DIALOG, "cannot be taken back");
    assertThat(browser.count(DIALOG + " button:disabled")).isOne();
    stand.confirm("discard", "Discard");
    browser.awaitText(".toasts", "1 discarded");
    browser.awaitText("main", "Nothing waits for a person.");
    assertThat(api.timeline(id).state()).isEqualTo("failed");
  }

  @Test
  void whatIsNotSentYetIsCancelled() {
    String later = Clock.systemUTC().instant().plusSeconds(3_600).toString();
    String id = api.send(Messages.email(NUMBERS.getAndIncrement()).put("send_at", later));
    stand.go("notification/" + id);
    browser.awaitText("main", "scheduled");
    browser.press("main", "Cancel");
    stand.confirm("Cancel notification");
    browser.awaitText(".page-head", "cancelled");
    assertThat(api.timeline(id).state()).isEqualTo("cancelled");
  }

  /** The last one: what failed so often has no traffic for a while. */
  @Test
  @Order(Integer.MAX_VALUE)
  void whateverFailsTheBoardNamesTheProviderAndTheCause() {
    new OnCallWatch(stand, NUMBERS).watch();
  }

  @Test
  void preferencesAreInForceAtOnceAndPoliciesExplain() {
    stand.go("preferences");
    browser.type("#pref-min_success_rate", "73");
    browser.click("#save");
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () ->
                assertThat(api.get("/api/v1/preferences").json(200).getValue("min_success_rate"))
                    .isEqualTo(73.0));
    stand.go("policies");
    browser.click("#explain");
    browser.awaitText("main [role=status]", "sendgrid");
    browser.awaitText("main", "otp.yaml");
  }

  @Test
  void aPolicyIsTriedOnThePastBeforeItIsSaved() {
    new ConsoleDesk(stand, NUMBERS).tryPolicy();
  }

  @Test
  void aDrillIsBegunAndAborted() {
    stand.go("drills");
    browser.choose("#drill-provider", "resend");
    // So many that it is not over before anybody looks.
    browser.type("#drill-count", "2000");
    browser.click("#begin-drill");
    stand.confirm("Begin");
    browser.awaitText("main", "running");
    browser.press("article", "Abort");
    browser.awaitText("article", "aborted");
  }

  @Test
  void aPluginIsUploadedAndRolledBack() throws Exception {
    Path jar = Files.createDirectory(data.resolve("upload")).resolve("twilio.jar");
    TwilioVersions.repacked(data.resolve("plugins/twilio.jar"), jar);
    stand.go("plugins");
    browser.type("#jar", jar.toString());
    browser.click("#upload");
    browser.awaitText("main", TwilioVersions.NEXT);
    await().atMost(LIMIT).until(() -> TwilioVersions.running(api).equals(TwilioVersions.NEXT));
    await().atMost(LIMIT).until(() -> browser.unfolded("main details", "Roll back"));
    browser.press("main details", "Roll back");
    stand.confirm("Roll back");
    await().atMost(LIMIT).until(() -> !TwilioVersions.running(api).equals(TwilioVersions.NEXT));
  }

  @Test
  void callbacksAreKeptAndEveryActIsInTheAuditLog() {
    stand.go("callbacks");
    browser.type("#callback-url", "https://127.0.0.1:9/signalbox");
    browser.click("#add-callback");
    browser.awaitText("#secret", "whsec_");
    String first = browser.text("#secret");
    browser.press("article", "New secret …");
    stand.confirm("New secret");
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> assertThat(browser.text("#secret")).contains("whsec_").isNotEqualTo(first));
    browser.press("article", "Disable");
    browser.awaitText("article", "disabled");
    browser.press("article", "Remove …");
    stand.confirm("remove", "Remove");
    browser.awaitText("main", "No endpoint receives events.");
    stand.go("audit");
    browser.awaitText("main", "callback.create");
    browser.click("#verify");
    browser.awaitText("#verified", "is whole");
  }

  @Test
  void whoGetsNothingMoreAndWhoIsForgotten() {
    new ConsoleDesk(stand, NUMBERS).suppressAndForget();
  }

  @Test
  void anApiKeyIsShownOnceRotatedAndTakenBack() {
    new ConsoleDesk(stand, NUMBERS).keepKeys();
  }

  @Test
  void aTemplateIsPreviewedAndAnOldVersionUsedAgain() {
    new ConsoleDesk(stand, NUMBERS).keepTemplates();
  }

  @Test
  void aViewerSeesWhatIsThereAndNoActs() {
    stand.signInAs("viewer");
    browser.awaitText("#provider-resend", "resend");
    assertThat(browser.count(".acts")).isZero();
    assertThat(browser.text("nav"))
        .contains("Board", "Dead letters", "Policies")
        .doesNotContain("Preferences", "Plugins", "Audit", "Drills", "Callbacks");
    stand.go("dead-letters");
    browser.awaitText("h1", "Dead letters");
    assertThat(browser.count("#replay")).isZero();
    stand.go("policies");
    browser.awaitText("main", "otp.yaml");
    assertThat(browser.count("#explain")).isZero();
  }

  @Test
  void everyPageFitsANarrowScreenInBothThemes() {
    for (String page : PAGES) {
      browser.screen(360, 780, "light");
      stand.go(page);
      String shown = page.isEmpty() ? "#banner" : "h1";
      await(page).atMost(LIMIT).until(() -> !browser.text("main " + shown).isEmpty());
      assertThat(width()).as(page).isEqualTo(360);
      browser.screen(360, 780, "dark");
      assertThat(width()).as(page).isEqualTo(360);
      assertThat(browser.count("input:not(label input):not([aria-label])"))
          .as("fields without a label on " + page)
          .isZero();
    }
    stand.go("");
    browser.screen(360, 780, "light");
    stand.picture("console-narrow-light");
    browser.screen(1440, 1000, "light");
    stand.picture("console-board-light");
  }

  private static Object width() {
    return browser.run("return document.documentElement.scrollWidth");
  }

  private static JsonObject provider(String id) {
    return api.get("/api/v1/providers").json(200).getJsonArray("providers").stream()
        .map(JsonObject.class::cast)
        .filter(each -> id.equals(each.getString("id")))
        .findFirst()
        .orElseThrow();
  }
}
