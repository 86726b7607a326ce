package io.signalbox.gateway.cli.board;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoardTest {
  private static final Instant NOW = Instant.parse("2026-01-31T10:00:30Z");
  private static final JsonObject READY = new JsonObject("{\"status\": \"ready\"}");
  private static final JsonObject WELL =
      new JsonObject(
          """
          {"health": {"pipeline_status": "running", "degradation_mode": "NORMAL",
                      "since": "2026-01-31T07:00:00Z", "reasons": [], "waiting": 3,
                      "oldest_due_ms": 0, "lanes": []},
           "flow": {"per_second": {"accepted": 12.25, "sent": 11, "delivered": 11, "failed": 0},
                    "since_start": {"accepted": 1234, "delivered": 1200, "failed": 4}},
           "providers": {"live": {"resend": {"in_flight": 2}}, "providers": [
             {"id": "resend", "breaker": {"state": "closed"},
              "lamp": "green", "why": ["all fine"],
              "health": {"attempts": 100, "success_rate": 99.5, "avg_response_time_ms": 41.5},
              "limits": {"concurrency": 10},
              "scores": {"email": {"score": 91.4, "traffic_share": 0.5}}}]}}
          """);
  private static final JsonObject ILL =
      new JsonObject(
          """
          {"health": {"pipeline_status": "running", "degradation_mode": "DEGRADED",
                      "since": "2026-01-31T10:00:18Z",
                      "reasons": [{"cause": "no_usable_provider", "channel": "sms",
                                   "text": "sms: no provider takes work (twilio: breaker open)",
                                   "detail": "x"}],
                      "waiting": 40, "oldest_due_ms": 61000,
                      "lanes": [
                        {"channel": "sms", "priority": "normal", "due": 3, "later": 1,
                         "oldest_due_ms": 100},
                        {"channel": "sms", "priority": "normal", "due": 30, "later": 2,
                         "oldest_due_ms": 61000}]},
           "providers": {"live": {}, "providers": [
             {"id": "vonage", "breaker": {"state": "closed"}, "lamp": "grey"},
             {"id": "a-provider-with-a-very-long-name-indeed",
              "breaker": {"state": "open"},
              "lamp": "red", "next": "tried again in 18 s",
              "why": ["Breaker open for 12 s: 5 failures, and this goes on for longer than a line has",
                      "31 of 40 attempts failed in the last minute"]}]}}
          """);
  private static final JsonObject DETAILED =
      new JsonObject(
          """
          {"status": "up", "waiting": 3,
           "checks": {"database": {"status": "up"}, "event_loops": {"status": "up"},
                      "redis": {"status": "down", "detail": "connection refused"},
                      "spool": {"status": "not_used"}}}
          """);

  @Test
  void saysThatNothingIsWrong() {
    Board board = Board.of("http://h:1", READY, WELL, new JsonObject());

    Verdict verdict = Verdict.of(board);
    assertThat(verdict.state()).isEqualTo(Verdict.State.OK);
    assertThat(verdict.line(board))
        .isEqualTo(
            "SIGNALBOX OK - NORMAL, 1 provider, none in trouble"
                + " | waiting=3 oldest_due=0ms providers_in_trouble=0");
    String text = text(board);
    assertThat(text)
        .contains("NORMAL for 3 h  http://h:1")
        .contains("accepted 12/s, delivered 11/s, failed 0.0/s; 3 wait")
        .containsPattern("resend +ok +91 closed +99.5 % +42 ms +2/10 +50 %")
        .doesNotContain("all fine");
  }

  @Test
  void namesTheProviderAndTheCauseFirstAndKeepsToTheWidth() {
    Board board = Board.of("http://h:1", READY, ILL, DETAILED);

    Verdict verdict = Verdict.of(board);
    assertThat(verdict.state()).isEqualTo(Verdict.State.CRITICAL);
    assertThat(verdict.line(board))
        .startsWith(
            "SIGNALBOX CRITICAL - DEGRADED: a-provider-with-a-very-long-name-indeed: Breaker open")
        .contains("redis down: connection refused")
        .endsWith("| waiting=40 oldest_due=61000ms providers_in_trouble=1");
    assertThat(board.troubled()).hasSize(1);
    String text = text(board);
    assertThat(text)
        .contains("DEGRADED for 12 s")
        .contains("sms: no provider takes work (twilio: breaker open)")
        .contains("a-provider-with-a-.. DOWN")
        .contains("      Next: tried again in 18 s")
        .containsPattern("sms normal +33 +3 +61 s")
        .contains("redis down: connection refused")
        .contains("database up, event loops up")
        .doesNotContain("spool");
    assertThat(text.indexOf("a-provider")).isLessThan(text.indexOf("vonage"));
  }

  @Test
  void whoTakesNoRequestsIsCriticalWhateverTheMode() {
    JsonObject full =
        new JsonObject(
            "{\"status\": \"not_ready\", \"phase\": \"up\", \"reasons\": [\"disk_nearly_full\"]}");
    Board board = Board.of("http://h:1", full, WELL, new JsonObject());
    assertThat(Verdict.of(board).state()).isEqualTo(Verdict.State.CRITICAL);
    assertThat(Verdict.of(board).summary()).isEqualTo("NORMAL: disk nearly full");
    JsonObject partial = WELL.copy();
    partial.getJsonObject("health").put("degradation_mode", "PARTIAL");
    assertThat(Verdict.of(Board.of("", READY, partial, new JsonObject())).state())
        .isEqualTo(Verdict.State.WARNING);
    JsonObject sender = new JsonObject().put("health", WELL.getJsonObject("health"));
    Board little = Board.of("http://h:1", READY, sender, new JsonObject());
    assertThat(Verdict.of(little).state()).isEqualTo(Verdict.State.OK);
    assertThat(text(little)).contains("this token may not see them");
  }

  @Test
  void colourIsWhatDiffers() {
    Board board = Board.of("http://h:1", READY, ILL, DETAILED);
    List<String> coloured = BoardLines.of(board, NOW, 80, Paint.COLOURS);
    List<String> plain = BoardLines.of(board, NOW, 80, Paint.PLAIN);
    assertThat(String.join("", coloured)).contains("\u001b[31;1m");
    assertThat(coloured.stream().map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "")))
        .containsExactlyElementsOf(plain);
  }

  private static String text(Board board) {
    List<String> lines = BoardLines.of(board, NOW, 80, Paint.PLAIN);
    assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    return String.join("\n", lines);
  }
}
