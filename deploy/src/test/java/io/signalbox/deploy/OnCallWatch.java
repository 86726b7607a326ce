package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Looks at the board while one provider fails in every way in turn, as whoever is on call does, and
 * measures until its card names the cause.
 */
final class OnCallWatch {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  static final String PROVIDER = "sendgrid";
  private static final String CARD = "#provider-" + PROVIDER;
  private static final int AT_A_TIME = 3;

  /**
   * In an order in which no fault's last answers, which come late, could pass for the next, and
   * what a throttled provider is slow to forget comes near the end.
   */
  private static final List<Fault> FAULTS =
      List.of(
          new Fault("silent", "delivered in time"),
          new Fault("reject", "rejected"),
          new Fault("error", "server error"),
          new Fault("refuse", "connection"),
          new Fault("unavailable", "server error"),
          new Fault("cut", "connection"),
          new Fault("brownout", "server error"),
          new Fault("hang", "timeout"),
          new Fault("throttle", "throttled"),
          new Fault("slow", "timeout"));

  private final ConsoleStand stand;
  private final AtomicInteger numbers;

  OnCallWatch(ConsoleStand stand, AtomicInteger numbers) {
    this.stand = stand;
    this.numbers = numbers;
  }

  /** A fault of the simulator, and the words by which the provider's card must name it. */
  private record Fault(String mode, String words) {}

  /** All faults. */
  void watch() {
    await("the time that deliveries take is known")
        .atMost(LIMIT)
        .until(
            () -> {
              send();
              return knowsItsDeliveries();
            });
    tell("the board", FAULTS.stream().mapToDouble(this::watch).toArray());
  }

  /** What is promised is ten seconds. */
  static void tell(String where, double[] seconds) {
    Report.print(
        "on call: %s names provider and cause of %d faults after %.1f s in the middle, %.1f s at"
            + " most; promised are 10 s",
        where,
        seconds.length,
        Arrays.stream(seconds).sorted().toArray()[seconds.length / 2],
        Arrays.stream(seconds).max().orElse(0));
  }

  private double watch(Fault fault) {
    await("what was before is over")
        .atMost(LIMIT)
        .until(
            () -> {
              if (!why().contains(fault.words())) {
                return true;
              }
              // It forgets the times of deliveries too, without which nobody is found silent.
              reset();
              return false;
            });
    long from = System.nanoTime();
    stand
        .simulator()
        .set(PROVIDER, new JsonObject().put("mode", fault.mode()).put("retry_after_seconds", 1));
    await(fault.mode())
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(
            () -> {
              send();
              assertThat(why()).contains(fault.words());
              assertThat(standing()).isIn("danger", "caution");
            });
    double seconds = (System.nanoTime() - from) / 1e9;
    Report.print(
        "on call: %s is named on the board (\"%s\") after %.1f s",
        fault.mode(), fault.words(), seconds);
    stand.simulator().mode(PROVIDER, "ok");
    reset();
    return seconds;
  }

  /** Some over the provider alone, and one elsewhere, so that receipts go on to come. */
  private void send() {
    for (int i = 0; i < AT_A_TIME; i++) {
      stand.api().send(Messages.email(numbers.getAndIncrement()).put("provider", PROVIDER));
    }
    stand.api().send(Messages.sms(numbers.getAndIncrement()));
  }

  private boolean knowsItsDeliveries() {
    return stand.api().get("/api/v1/providers").json(200).getJsonArray("providers").stream()
        .map(JsonObject.class::cast)
        .filter(each -> PROVIDER.equals(each.getString("id")))
        .map(each -> each.getJsonObject("scores", new JsonObject()).getJsonObject("email"))
        .anyMatch(
            score ->
                score != null
                    && score.getJsonObject("delivery", new JsonObject()).containsKey("median_ms"));
  }

  private void reset() {
    String path = "/api/v1/providers/" + PROVIDER + "/reset";
    stand.api().call("POST", path, "", Map.of()).json(200);
  }

  private Object standing() {
    return stand.browser().run("return document.querySelector('" + CARD + "').dataset.standing");
  }

  private String why() {
    return stand.browser().text(CARD + " .why");
  }
}
