package io.signalbox.gateway.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.plugins.PluginVersion.Source;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  private static boolean lacks(@Nullable PluginRecord here, boolean firstStart) {
    return KeptJars.lacks(here, THEIRS, firstStart);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void onlyWhatIsNotKnownAtAllIsTaken(boolean firstStart) {
    assertThat(lacks(null, firstStart)).isTrue();
    assertThat(lacks(PluginRecord.EMPTY, firstStart)).as("did not run").isFalse();
    assertThat(lacks(using(version(OURS, Source.UPLOAD, 7)).removed(), firstStart)).isFalse();
    assertThat(lacks(using(version(THEIRS, Source.FOLDER, 1)), firstStart)).isFalse();
  }

  @Test
  void whatLaidInTheFolderFromTheBeginningGivesWayAtTheFirstStart() {
    assertThat(lacks(using(version(OURS, Source.FOLDER, 9)), true)).isTrue();
    assertThat(lacks(using(version(OURS, Source.FOLDER, 9)), false)).isFalse();
  }

  @Test
  void whatWasChangedHereStays() {
    PluginVersion first = version("c".repeat(64), Source.FOLDER, 1);
    for (Source source : Source.values()) {
      PluginRecord here = using(first, version(OURS, source, 5));
      assertThat(lacks(here, true)).as("%s", source).isFalse();
    }
    assertThat(lacks(using(version(OURS, Source.UPLOAD, 5)), true)).isFalse();
  }
}
