package io.signalbox.gateway.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";

  @Test
  void readsAndWritesTheHeader() {
    TraceContext read = TraceContext.parse("00-" + TRACE + "-" + SPAN + "-01").orElseThrow();
    assertThat(read.traceId()).isEqualTo(TRACE);
    assertThat(read.spanId()).isEqualTo(SPAN);
    assertThat(read.sampled()).isTrue();
    assertThat(read.traceparent()).isEqualTo("00-" + TRACE + "-" + SPAN + "-01");
  }

  @Test
  void keepsOfFlagsAndLaterVersionsWhatItKnows() {
    TraceContext read =
        TraceContext.parse("cc-" + TRACE + "-" + SPAN + "-02-what.comes.later").orElseThrow();
    assertThat(read.traceparent()).isEqualTo("00-" + TRACE + "-" + SPAN + "-00");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "junk",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0g",
        "00_0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01.more",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
      })
  void findsNoneInWhatIsNotWellFormed(String header) {
    assertThat(TraceContext.parse(header)).isEmpty();
  }

  @Test
  void aNewOneIsReadAsItIsWritten() {
    TraceContext first = TraceContext.begin();
    assertThat(first.sampled()).isFalse();
    assertThat(TraceContext.parse(first.traceparent())).contains(first);
  }

  @Test
  void aNotificationWithoutOneHasAlwaysTheSame() {
    NotificationId id = new NotificationIds(Clock.systemUTC(), 0).next();
    assertThat(TraceContext.of(id)).isEqualTo(TraceContext.of(id));
    assertThat(TraceContext.of(id).traceId()).isEqualTo(id.toString().replace("-", ""));
  }
}
