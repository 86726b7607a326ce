package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.security.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScrapeTest {
  private static final int SCRAPERS = 8;
  private static final int EACH = 60;

  @TempDir private Path dir;

  @Test
  void severalAtATimeDoNotDisturbEachOther() throws Exception {
    ExecutorService scrapers = Executors.newFixedThreadPool(SCRAPERS);
    try (TestGateway gateway = TestGateway.start(dir, Map.of())) {
      send(gateway);
      List<Future<List<Integer>>> answers = new ArrayList<>();
      for (int i = 0; i < SCRAPERS; i++) {
        answers.add(scrapers.submit(() -> scrape(gateway)));
      }
      for (Future<List<Integer>> statuses : answers) {
        assertThat(statuses.get(2, TimeUnit.MINUTES)).hasSize(EACH).containsOnly(200);
      }
    } finally {
      scrapers.shutdownNow();
    }
  }

  private static List<Integer> scrape(TestGateway gateway) throws Exception {
    Calls calls = new Calls(gateway.url());
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < EACH; i++) {
      statuses.add(
          calls
              .send("GET", "/metrics", "", "authorization", "Bearer " + gateway.token(Role.ADMIN))
              .status());
    }
    return statuses;
  }

  /** One in a lane of its own each. */
  private static void send(TestGateway gateway) throws Exception {
    for (int priority = 1; priority <= 4; priority++) {
      String body =
          "{\"notification_type\":\"t\",\"channel\":\"email\",\"message\":\"m\",\"priority\":"
              + priority
              + ",\"recipient_email\":\"a@example.com\"}";
      Calls.Reply sent =
          new Calls(gateway.url())
              .send(
                  "POST",
                  "/api/v1/notifications/send",
                  body,
                  "authorization",
                  "Bearer " + gateway.token(Role.SENDER),
                  "content-type",
                  "application/json");
      assertThat(sent.status()).isEqualTo(202);
    }
  }
}
