package io.signalbox.gateway.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.model.NotificationId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DialectIdsTest {
  private static final NotificationId ID =
      NotificationId.parse("019b7a3c-5d96-7fff-bcce-b302099a8057").orElseThrow();

  @Test
  void textsAreReadBack() {
    assertThat(DialectIds.hex(ID)).isEqualTo("019b7a3c5d967fffbcceb302099a8057");
    assertThat(DialectIds.ofHex(DialectIds.hex(ID))).contains(ID);
    assertThat(DialectIds.ofBase64(DialectIds.base64(ID))).contains(ID);
    assertThat(DialectIds.ofHex("019b7a3c5d967fffbcceb302099a805")).isEmpty();
    assertThat(DialectIds.ofHex("z19b7a3c5d967fffbcceb302099a8057")).isEmpty();
    assertThat(DialectIds.ofBase64("!")).isEmpty();
    assertThat(DialectIds.ofBase64("AAAA")).isEmpty();
  }

  @Test
  void numbersGrowWithTimeAndAreExactInEveryParser() {
    NotificationId now = at("2026-11-23T13:00:00Z", 7);
    NotificationId later = at("2094-12-31T23:59:59Z", 4095);
    assertThat(DialectIds.keyOf(DialectIds.number(now))).hasValue(now.key());
    assertThat(DialectIds.keyOf(DialectIds.number(later))).hasValue(later.key());
    assertThat(DialectIds.number(now)).isPositive().isLessThan(DialectIds.number(later));
    double parsed = DialectIds.number(later);
    assertThat((long) parsed).isEqualTo(DialectIds.number(later)).isLessThan(1L << 53);
  }

  @Test
  void whatIsNoNumberOfOursHasNoKey() {
    assertThat(DialectIds.keyOf(0)).isEmpty();
    assertThat(DialectIds.keyOf(-1)).isEmpty();
    assertThat(DialectIds.keyOf(1L << 53)).isEmpty();
    // A clock before 2026 is wrong; the number is one all the same.
    assertThat(DialectIds.number(at("2001-01-01T00:00:00Z", 0))).isEqualTo(1);
  }

  private static NotificationId at(String time, int counter) {
    return new NotificationId(
        NotificationId.firstKey(Instant.parse(time).toEpochMilli()) + counter, 1);
  }
}
