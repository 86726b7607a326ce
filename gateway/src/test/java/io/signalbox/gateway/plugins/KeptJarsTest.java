package io.signalbox.gateway.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.model.OrderStamp;
import io.signalbox.gateway.plugins.KeptJars.Held;
import io.signalbox.gateway.plugins.PluginVersion.Source;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeptJarsTest {
  private static final String OURS = "a".repeat(64);
  private static final String THEIRS = "b".repeat(64);

  private static PluginVersion version(String sha256, Source source, long since) {
    return new PluginVersion(sha256, "1.0", "1", 10, source, null, since);
  }

  private static PluginRecord using(PluginVersion... oldestFirst) {
    PluginRecord record = PluginRecord.EMPTY;
    for (PluginVersion version : oldestFirst) {
      record = record.taken(version);
    }
    return record;
  }

  private static final OrderStamp THEN = new OrderStamp(7, "n");

  private static boolean lacks(@Nullable PluginRecord here, boolean firstStart) {
    return KeptJars.lacks(here, new Held("p", THEIRS, Source.UPLOAD, THEN), firstStart);
  }

  private static boolean lacksRemoval(@Nullable PluginRecord here) {
    return KeptJars.lacks(here, new Held("p", null, Source.FOLDER, THEN), false);
  }

  private static LastOrder ordered(long at, @Nullable String sha256) {
    return new LastOrder(new OrderStamp(at, "n"), sha256, Source.UPLOAD, true);
  }

  @Test
  void whatIsNotKnownOrOlderIsTaken() {
    assertThat(lacks(null, false)).isTrue();
    assertThat(lacks(PluginRecord.EMPTY, false)).isTrue();
    assertThat(lacks(using(version(OURS, Source.UPLOAD, 9)).ordered(ordered(6, OURS)), false))
        .isTrue();
    assertThat(
            lacks(
                using(version(OURS, Source.UPLOAD, 9)).removed().ordered(ordered(6, null)), false))
        .isTrue();
  }

  @Test
  void whatWasOrderedLaterStays() {
    for (long at : new long[] {7, 8}) {
      PluginRecord here = using(version(OURS, Source.UPLOAD, 5)).ordered(ordered(at, OURS));
      assertThat(lacks(here, true)).isFalse();
      assertThat(lacksRemoval(here)).isFalse();
      assertThat(lacks(here.removed().ordered(ordered(at, null)), false)).isFalse();
    }
  }

  @Test
  void whatDidNotRunHereIsNotTriedAgainButWhatIsOlderThanThatMayRun() {
    assertThat(lacks(PluginRecord.EMPTY.refused(THEN), false)).isFalse();
    assertThat(lacks(PluginRecord.EMPTY.refused(new OrderStamp(8, "n")), false)).isTrue();
  }

  @Test
  void whatWasPutIntoTheFolderLaterStaysUnlessItLayThereFromTheBeginning() {
    PluginRecord earlier = using(version(OURS, Source.FOLDER, 6));
    PluginRecord later = using(version(OURS, Source.FOLDER, 9));
    assertThat(lacks(earlier, false)).isTrue();
    assertThat(lacksRemoval(earlier)).isTrue();
    assertThat(lacks(later, false)).isFalse();
    assertThat(lacksRemoval(later)).isFalse();
    assertThat(lacks(later, true)).as("at the first start").isTrue();
    PluginRecord changed =
        using(version("c".repeat(64), Source.FOLDER, 1), version(OURS, Source.FOLDER, 9));
    assertThat(lacks(changed, true)).isFalse();
  }

  @Test
  void thereIsNothingToRemoveWhereNothingIs() {
    assertThat(lacksRemoval(null)).isFalse();
    assertThat(lacksRemoval(PluginRecord.EMPTY)).isFalse();
    assertThat(lacksRemoval(using(version(OURS, Source.UPLOAD, 5)).ordered(ordered(5, OURS))))
        .isTrue();
  }
}
