package io.signalbox.gateway.cli.board;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTextTest {
  private static final String STORY =
      """
      {"id": "0190-1", "state": "delivered", "accepted_at": "2026-01-31T10:00:00.001Z",
       "possible_duplicate": true, "subject": "shop",
       "notification": {"notification_type": "welcome", "channel": "email", "priority": "high"},
       "attempts": [
         {"number": 2, "channel": "email", "provider": "resend", "outcome": "sent",
          "started_at": "2026-01-31T10:00:00.500Z", "duration_ms": 41},
         {"number": 1, "channel": "email", "provider": "sendgrid", "outcome": "transient",
          "started_at": "2026-01-31T10:00:00.010Z", "duration_ms": 12, "http_status": 500,
          "provider_code": "internal_error", "next": "next_provider",
          "provider_message": "%s\\u001b[2Jend",
          "decision": {"rule": "best_score", "policy": "otp",
            "excluded": [{"provider": "resend", "reason": "breaker_open"},
                         {"provider": "smtp", "reason": "no_such_channel"}],
            "ranking": {"candidates": [
              {"provider": "sendgrid", "score": 91.42, "attempts": 100, "success_rate": 0.98,
               "average_response_ms": 45,
               "inputs": [{"name": "health", "points": 39.5}, {"name": "priority", "points": 30}]},
              {"provider": "resend", "score": 12.5, "attempts": 0, "inputs": []}]}}}],
       "receipts": [{"attempt": 2, "provider": "resend", "status": "delivered",
                     "provider_status": "email.delivered",
                     "received_at": "2026-01-31T10:00:00.700Z"}],
       "events": [{"at": "2026-01-31T10:00:00.600Z", "event": "confirmed", "detail": "by receipt"}]}
      """;

  @Test
  void explainsEachStepInTheOrderOfTimeAndWithinTheWidth() {
    String message = "the remote side had a bad day and says so at great length ".repeat(4);
    List<String> lines = TimelineText.lines(new JsonObject(STORY.replace("%s", message)), 80);

    assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    String text = String.join(" ", lines).replaceAll(" +", " ");
    assertThat(text)
        .contains("0190-1 DELIVERED")
        .contains("it may have arrived twice")
        .contains("10:00:00.010 attempt 1 at sendgrid over email: transient in 12 ms")
        .contains("answer: HTTP 500, internal_error, the remote side")
        .contains("why sendgrid: best score, policy otp")
        .contains("> sendgrid 91.4: health 39.5 + priority 30.0; 98 % of 100 succeeded,")
        .contains("- resend 12.5, left out: breaker open; not tried before")
        .contains("- smtp, left out: no such channel")
        .contains("then: next provider")
        .contains("10:00:00.700 resend reports attempt 2: delivered")
        .contains("confirmed: by receipt")
        .doesNotContain("\u001b");
    assertThat(text.indexOf("attempt 1")).isLessThan(text.indexOf("attempt 2 at resend"));
    assertThat(text.indexOf("confirmed")).isLessThan(text.indexOf("reports attempt 2"));
  }

  @Test
  void saysThatNothingWasTriedYet() {
    assertThat(
            TimelineText.lines(
                new JsonObject(
                    "{\"id\": \"1\", \"state\": \"queued\", \"accepted_at\": \"t\", \"attempts\":"
                        + " [], \"receipts\": [], \"events\": []}"),
                80))
        .contains("nothing was tried yet", "  its contents were removed for their age");
  }
}
