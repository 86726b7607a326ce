package io.signalbox.provider.calcom;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.ConfigReader;
import io.signalbox.testkit.SampleBookings;
import io.signalbox.testkit.SampleRequests;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BookingBodyTest {
  private final BookingBody body =
      new BookingBody(EventTypes.read(new ConfigReader(new JsonObject(), "config.")));

  @Test
  void labelsThatFitGoAlongAndNeverReplaceOurReference() {
    Map<String, String> labels = new HashMap<>();
    labels.put("order", "4711");
    labels.put("signalbox_attempt", "forged");
    labels.put("k".repeat(BookingBody.MAX_KEY + 1), "too long a name");
    labels.put("note", "x".repeat(BookingBody.MAX_VALUE + 1));

    assertThat(metadata(labels))
        .isEqualTo(
            new JsonObject()
                .put("signalbox_attempt", SampleRequests.ATTEMPT_ID)
                .put("order", "4711"));
  }

  @Test
  void sendsAsManyLabelsAsThereIsRoomFor() {
    Map<String, String> labels = new HashMap<>();
    for (int i = 100; i < 200; i++) {
      labels.put("label-" + i, "v");
    }

    JsonObject metadata = metadata(labels);

    assertThat(metadata.size()).isEqualTo(BookingBody.MAX_METADATA);
    assertThat(metadata.containsKey("label-148")).isTrue();
    assertThat(metadata.containsKey("label-149")).isFalse();
  }

  @Test
  void lengthIsInWholeMinutes() {
    assertThat(
            body.of(
                    SampleBookings.of(
                        "7", Duration.ofMinutes(30), SampleBookings.ATTENDEE, Map.of(), null))
                .getLong("lengthInMinutes"))
        .isEqualTo(30);
    assertThat(
            body.refusal(
                SampleBookings.of("7", Duration.ZERO, SampleBookings.ATTENDEE, Map.of(), null)))
        .isPresent();
  }

  private JsonObject metadata(Map<String, String> labels) {
    return body.of(SampleBookings.of("7", null, SampleBookings.ATTENDEE, labels, null))
        .getJsonObject("metadata");
  }
}
