package io.signalbox.provider.postmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LabelsTest {
  @Test
  void tagIsTheFirstLabelWithoutAValueOrTheType() {
    assertThat(Labels.tag(Map.of("b", "true", "a", "1", "c", "true"), "type")).isEqualTo("b");
    assertThat(Labels.tag(Map.of("a", "1"), "type")).isEqualTo("type");
  }

  @Test
  void metadataHasTenFieldsAtMostAndOursFirst() {
    Map<String, String> labels = new TreeMap<>();
    for (int i = 10; i < 30; i++) {
      labels.put("label-" + i, "x");
    }

    assertThat(Labels.metadata(labels, "a-1").fieldNames())
        .hasSize(Labels.MAX_FIELDS)
        .startsWith("signalbox_attempt", "label-10")
        .endsWith("label-18");
  }

  @Test
  void leavesOutWhatPostmarkWouldRefuse() {
    Map<String, String> labels =
        Map.of(
            "n".repeat(21),
            "x",
            "long",
            "v".repeat(81),
            "Order",
            "1",
            "order",
            "2",
            "SIGNALBOX_ATTEMPT",
            "forged",
            "n".repeat(20),
            "v".repeat(80));

    assertThat(Labels.metadata(labels, "a-1").getMap())
        .isEqualTo(
            Map.of("signalbox_attempt", "a-1", "Order", "1", "n".repeat(20), "v".repeat(80)));
  }
}
