package io.signalbox.gateway.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.plugins.PluginVersion.Source;
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

  private static boolean lacks(PluginRecord here, long sinceThere) {
    return KeptJars.lacks(here, THEIRS, sinceThere);
  }

  @Test
  void whatIsNotThereIsTakenUnlessItWasRemovedHere() {
    assertThat(lacks(PluginRecord.EMPTY, 5)).isTrue();
    assertThat(lacks(using(version(OURS, Source.UPLOAD, 7)).removed(), 5)).isTrue();
    assertThat(lacks(using(version(THEIRS, Source.UPLOAD, 7)).removed(), 5)).isFalse();
  }

  @Test
  void theSameJarIsNotTakenAgain() {
    assertThat(lacks(using(version(THEIRS, Source.FOLDER, 1)), 5)).isFalse();
  }

  @Test
  void whatLaidInTheFolderFromTheBeginningGivesWay() {
    assertThat(lacks(using(version(OURS, Source.FOLDER, 9)), 5)).isTrue();
  }

  @Test
  void otherwiseTheLaterStays() {
    PluginVersion first = version("c".repeat(64), Source.FOLDER, 1);
    for (Source source : Source.values()) {
      PluginRecord here = using(first, version(OURS, source, 5));
      assertThat(lacks(here, 6)).as("%s", source).isTrue();
      assertThat(lacks(here, 4)).as("%s", source).isFalse();
    }
  }
}
