package io.signalbox.gateway.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.config.PluginChanges;
import io.signalbox.gateway.plugins.PluginHistory.Origin;
import io.signalbox.gateway.plugins.PluginVersion.Source;
import io.signalbox.loader.check.JarCheck;
import io.signalbox.loader.check.PluginJar;
import io.signalbox.loader.check.PluginTrust;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Former jars are kept within bounds, and known again after a restart. */
class PluginHistoryTest {
  private static final long ROOM = 1L << 30;

  @TempDir private Path temp;
  private final AtomicLong now = new AtomicLong(1_000);
  private final InstantSource time = () -> Instant.ofEpochMilli(now.get());
  private final Clock clock = time.withZone(ZoneOffset.UTC);
  private Path dir;

  @BeforeEach
  void prepare() {
    dir = temp.resolve("history");
  }

  @Test
  void whatWasInUseIsKnownAfterARestartWithItsOrigin() throws Exception {
    PluginHistory history = open(5, ROOM);
    PluginJar first = staged("1.0");
    PluginJar second = staged("2.0");
    history.expect(second.sha256(), new Origin(Source.UPLOAD, "alex"));
    take(history, first);
    take(history, second);

    PluginRecord record = open(5, ROOM).record("mail");
    assertThat(record).isEqualTo(history.record("mail"));
    assertThat(record.current()).isEqualTo(second.sha256());
    assertThat(record.versions())
        .extracting(one -> one.version() + " " + one.source() + " " + one.by())
        .containsExactly("2.0 UPLOAD alex", "1.0 FOLDER null");
    assertThat(record.versions())
        .extracting(PluginVersion::sinceMillis)
        .containsExactly(1_002L, 1_001L);
    assertThat(history.jar(first.sha256())).hasSameBinaryContentAs(first.path());
  }

  @Test
  void aJarThatComesBackIsKeptOnce() throws Exception {
    PluginHistory history = open(5, ROOM);
    PluginJar first = staged("1.0");
    PluginJar second = staged("2.0");
    for (PluginJar jar : List.of(first, second, second, first)) {
      take(history, jar);
    }
    assertThat(versions(history)).containsExactly("1.0", "2.0");
    assertThat(files()).containsExactlyInAnyOrderElementsOf(names(first, second));
  }

  @Test
  void theOldestGoFirstByNumberAndByBytesButNeverWhatIsInUse() throws Exception {
    PluginHistory history = open(2, ROOM);
    List<PluginJar> jars = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      jars.add(staged(i + ".0"));
      take(history, jars.get(i));
    }
    assertThat(versions(history)).containsExactly("3.0", "2.0", "1.0");
    assertThat(files()).hasSize(4);

    PluginHistory small = open(2, 2 * Files.size(jars.get(0).path()) + 100);
    take(small, staged("4.0"));
    assertThat(versions(small)).containsExactly("4.0", "3.0");
    PluginHistory tiny = open(2, 1);
    take(tiny, staged("5.0"));
    assertThat(versions(tiny)).containsExactly("5.0");
    assertThat(files()).hasSize(2);
  }

  @Test
  void whatACrashLeavesBehindIsClearedAndWhatIsGoneIsForgotten() throws Exception {
    PluginHistory history = open(5, ROOM);
    PluginJar first = staged("1.0");
    take(history, first);
    take(history, staged("2.0"));
    Files.delete(history.jar(first.sha256()));
    Files.writeString(history.incoming(), "half of an upload");
    Files.writeString(dir.resolve("0".repeat(64) + ".jar"), "a jar that no index names");
    Files.writeString(dir.resolve("notes.txt"), "not ours");

    assertThat(versions(open(5, ROOM))).containsExactly("2.0");
    assertThat(files()).hasSize(3).contains("notes.txt", "index.json");
  }

  @Test
  void anIndexThatCannotBeReadStopsNothing() throws Exception {
    take(open(5, ROOM), staged("1.0"));
    Files.writeString(dir.resolve("index.json"), "{\"plugins\":{\"mail\":5}}");
    PluginHistory history = open(5, ROOM);
    assertThat(history.records()).isEmpty();
    take(history, staged("2.0"));
    assertThat(versions(open(5, ROOM))).containsExactly("2.0");
  }

  @Test
  void aChangeThatWasTakenBackIsForgotten() throws Exception {
    PluginHistory history = open(1, ROOM);
    take(history, staged("1.0"));
    PluginRecord before = history.record("mail");
    take(history, staged("2.0"));
    history.restore("mail", before);
    assertThat(history.record("mail")).isEqualTo(before);
    history.removed("mail");
    assertThat(history.record("mail").current()).isNull();
    assertThat(versions(history)).containsExactly("1.0");
  }

  private PluginHistory open(int versions, long bytes) throws Exception {
    PluginHistory history = new PluginHistory(dir, new PluginChanges(true, versions, bytes), clock);
    history.open();
    return history;
  }

  private PluginJar staged(String version) throws Exception {
    Path file = Files.write(temp.resolve("mail-" + version + ".jar"), MailJar.of(version));
    return JarCheck.of(PluginTrust.ALL, Clock.systemUTC()).check(file);
  }

  private void take(PluginHistory history, PluginJar jar) {
    now.incrementAndGet();
    history.taken(temp.resolve("mail.jar"), jar);
  }

  private static List<String> versions(PluginHistory history) {
    return history.record("mail").versions().stream().map(PluginVersion::version).toList();
  }

  private static List<String> names(PluginJar... jars) {
    List<String> names = new ArrayList<>(List.of("index.json"));
    for (PluginJar jar : jars) {
      names.add(jar.sha256() + ".jar");
    }
    return names;
  }

  private List<String> files() throws Exception {
    try (Stream<Path> files = Files.list(dir)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
