package io.signalbox.gateway.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MasksTest {
  @ParameterizedTest
  @CsvSource({
    "no Jane Roe here, no (personal) here",
    "JANE ROE, (personal)",
    "jane@example.org and joe@example.org, (personal) and (personal)",
    "call +1 (555) 867-5310 now, call (personal) now",
    "call +15558675310 or 15558675310, call (personal) or (personal)",
    "event type 7 at 2026-01-05T09:30:00+01:00, event type 7 at 2026-01-05T09:30:00+01:00",
    "1+1 is 2, 1+1 is 2"
  })
  void personalDataAreBlottedOut(String text, String masked) {
    assertThat(Masks.personal(text, List.of("Jane Roe", "+15558675310", "7"))).isEqualTo(masked);
  }

  @Test
  void nothingStaysNothing() {
    assertThat(Masks.personal(null, List.of())).isNull();
    assertThat(Masks.recipient(null, "jane@example.org")).isNull();
  }
}
