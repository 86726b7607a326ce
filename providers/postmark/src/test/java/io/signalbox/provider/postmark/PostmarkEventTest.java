package io.signalbox.provider.postmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.Receipt;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the samples do not show. */
class PostmarkEventTest {
  private static final Instant RECEIVED = Instant.parse("2026-01-01T00:00:10Z");

  @Test
  void findsTheAttemptByOurMetadata() {
    JsonObject metadata = new JsonObject().put("signalbox_attempt", "a-1");

    assertThat(receipt(new JsonObject().put("Metadata", metadata)).attemptId()).isEqualTo("a-1");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-01T00:00:03.1234567Z, 2026-01-01T00:00:03.123456700Z",
    "2025-12-31T19:00:03.0000000-05:00, 2026-01-01T00:00:03Z",
    "2026-01-01T00:00:03Z, 2026-01-01T00:00:03Z",
    "soon, 2026-01-01T00:00:10Z",
    "2026-01-01, 2026-01-01T00:00:10Z"
  })
  void readsTimesAsPostmarkWritesThem(String text, Instant expected) {
    assertThat(receipt(new JsonObject().put("DeliveredAt", text)).occurredAt()).isEqualTo(expected);
  }

  @Test
  void changesWithoutAMessageDifferByTheirRecipientAndDoNotShowIt() {
    String one = change("one@example.com");
    String two = change("two@example.com");

    assertThat(one).isNotEqualTo(two).isEqualTo(change("One@example.com"));
    assertThat(one).startsWith("SubscriptionChange/null/2026-01-01T00:00:00Z/");
    assertThat(one + two).doesNotContain("example.com");
  }

  private static String change(String recipient) {
    JsonObject event =
        new JsonObject().put("Recipient", recipient).put("ChangedAt", "2026-01-01T00:00:00Z");
    return PostmarkEvent.receipt("SubscriptionChange", event, RECEIVED).eventId();
  }

  private static Receipt receipt(JsonObject event) {
    return PostmarkEvent.receipt("Delivery", event, RECEIVED);
  }
}
