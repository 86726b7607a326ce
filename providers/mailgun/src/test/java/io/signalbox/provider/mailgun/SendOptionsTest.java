package io.signalbox.provider.mailgun;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.toolkit.FormBody;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SendOptionsTest {
  @Test
  void sendsTenTagsAtMost() {
    Map<String, String> labels = new TreeMap<>();
    for (int i = 10; i < 30; i++) {
      labels.put("label-" + i, "true");
    }

    assertThat(options(labels).fields())
        .hasSize(SendOptions.MAX_TAGS)
        .allMatch(field -> field.name().equals("o:tag"))
        .extracting(FormBody.Field::value)
        .startsWith("label-10")
        .endsWith("label-19");
  }

  @Test
  void leavesTagsOutThatMailgunWouldRefuse() {
    assertThat(options(Map.of("grün", "true", "x".repeat(129), "true", "ok", "true")).fields())
        .containsExactly(new FormBody.Field("o:tag", "ok"));
  }

  @Test
  void staysWithinSixteenKilobytes() {
    Map<String, String> labels = new TreeMap<>();
    for (int i = 10; i < 40; i++) {
      labels.put("name-" + i, "😀".repeat(256));
    }

    FormBody form = options(labels);

    int bytes =
        form.fields().stream()
            .mapToInt(
                field -> (field.name() + field.value()).getBytes(StandardCharsets.UTF_8).length)
            .sum();
    assertThat(bytes).isBetween(15_000, SendOptions.MAX_BYTES);
  }

  private static FormBody options(Map<String, String> labels) {
    return new SendOptions().addTags(labels).appendTo(FormBody.empty());
  }
}
