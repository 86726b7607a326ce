package io.signalbox.deploy;

import static io.signalbox.deploy.ConsoleStand.DIALOG;
import static io.signalbox.deploy.ConsoleStand.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** What is kept in order at the console, and not watched: policies, lists, keys, templates. */
final class ConsoleDesk {
  private final ConsoleStand stand;
  private final ApiClient api;
  private final Browser browser;
  private final AtomicInteger numbers;

  ConsoleDesk(ConsoleStand stand, AtomicInteger numbers) {
    this.stand = stand;
    this.api = stand.api();
    this.browser = stand.browser();
    this.numbers = numbers;
  }

  /** A draft of a policy is checked, run over the past, and given as a file. */
  void tryPolicy() {
    List<String> ids =
        IntStream.range(0, 12)
            .mapToObj(i -> api.send(Messages.email(numbers.getAndIncrement())))
            .toList();
    Settling.awaitAll(api, ids, LIMIT, Timeline::isDelivered);
    stand.go("policies");
    browser.awaitText("main", "otp.yaml");
    browser.click("a[aria-label='Edit otp']");
    await().atMost(LIMIT).until(() -> value("#policy-text").contains("max_attempts: 6"));
    String text = value("#policy-text");

    browser.type("#policy-text", text.replace("max_attempts:", "max_attemps:"));
    browser.click("#back-test");
    browser.awaitText("#draft-mistakes", "did you mean max_attempts?");
    assertThat(browser.count("#download")).isZero();

    browser.type("#policy-text", text.replace("max_attempts: 6", "max_attempts: 1"));
    browser.type("#policy-suppose", "providers:\n  resend: {price: 0.5}\n");
    browser.click("#back-test");
    browser.awaitText(".back-test", "would have been chosen");
    assertThat(browser.text(".back-test")).contains("Success", "Cost", "Possible duplicates");
    browser.awaitText("[aria-label='What changes']", "max attempts");
    assertThat(browser.text("main")).contains("Save it as otp.yaml");
    assertThat(browser.count("#download")).isOne();
    browser.screen(1440, 1500, "dark");
    stand.picture("console-policy");
  }

  /** Recipients come to the suppression list and off it, and are forgotten. */
  void suppressAndForget() {
    stand.go("suppressions");
    browser.type("#suppress-recipient", "no-more@example.com");
    browser.click("#suppress");
    browser.awaitText("table", "no-more@example.com");
    browser.press("table", "Take off …");
    stand.confirm("Take off");
    await().atMost(LIMIT).until(() -> !browser.text("table").contains("no-more@example.com"));
    stand.go("erasures");
    browser.type("#erase-recipient", "forgotten@example.com");
    browser.click("#erase");
    browser.awaitText(DIALOG, "forgotten@example.com");
    stand.confirm("forget", "Forget");
    browser.awaitText("table", "done");
    assertThat(browser.text("main")).doesNotContain("forgotten@example.com");
  }

  /** A key is made, rotated and taken back; its secret is shown once. */
  void keepKeys() {
    stand.go("api-keys");
    browser.type("#key-name", "shop");
    browser.click("#make-key");
    browser.awaitText("#secret", "sbx_");
    String first = browser.text("#secret code");
    browser.press("table", "Rotate at once …");
    stand.confirm("New secret");
    await().atMost(LIMIT).until(() -> !browser.text("#secret code").equals(first));
    browser.press("#secret", "I have it");
    await().atMost(LIMIT).until(() -> browser.count("#secret") == 0);
    browser.press("table", "Revoke …");
    stand.confirm("revoke", "Take back");
    browser.awaitText("main", "There is no API key.");
  }

  /** A template is looked at, tried, and put back to an old version. */
  void keepTemplates() {
    template("Hello {{name}}");
    template("Good day {{name}}");
    stand.go("templates");
    browser.click("a[href='#/template/greeting']");
    browser.awaitText("main", "Version 2");
    browser.type("#template-data", "{\"name\": \"Alex\"}");
    browser.click("#preview");
    browser.awaitText("#rendered", "Good day Alex");
    browser.press("[aria-label='Versions']", "1");
    browser.awaitText("main", "Hello {{name}}");
    browser.press("main", "Use it again …");
    stand.confirm("Use it");
    browser.awaitText("main", "Version 3");
  }

  private void template(String message) {
    JsonObject texts = new JsonObject().put("message", message);
    JsonObject body =
        new JsonObject()
            .put("default_locale", "en")
            .put("locales", new JsonObject().put("en", texts));
    api.call(
        "PUT",
        "/api/v1/templates/greeting",
        body.encode(),
        Map.of("Content-Type", "application/json"));
  }

  private String value(String selector) {
    return String.valueOf(
        browser.run("return document.querySelector('" + selector + "')?.value ?? ''"));
  }
}
