package io.signalbox.loader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** In whatever way a file comes, changes or goes, it takes effect. */
class PluginFolderWaysTest extends WatchedFolder {

  @BeforeEach
  void makeFolder() throws IOException {
    Files.createDirectories(dir);
  }

  private byte[] jarOf(String name, String version) throws IOException {
    Path built = Files.createDirectories(temp.resolve("built")).resolve(name + version + ".jar");
    return Files.readAllBytes(PluginSource.plugin(name, version).writeTo(built));
  }

  private static byte[] yaml(String plugin, int weight) {
    return ("plugin: " + plugin + "\nweight: " + weight + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** That of the provider that runs; 0 if none does. */
  private int weight() {
    ProviderDefinition running = gateway.running.get("a");
    return running == null ? 0 : running.weight();
  }

  private String lastEvent() {
    return gateway.events.isEmpty() ? "" : gateway.events.get(gateway.events.size() - 1);
  }

  @ParameterizedTest
  @EnumSource(WayOfCopying.class)
  void jarsAndFilesComeChangeAndGo(WayOfCopying way) throws Exception {
    start();
    Path jar = dir.resolve("mail.jar");
    Path file = dir.resolve("a.yaml");
    way.put(jar, jarOf("mail", "1.0"));
    way.put(file, yaml("mail", 1));
    eventually(() -> assertThat(gateway.events).containsExactly("start a 1.0"));
    way.put(jar, jarOf("mail", "2.0"));
    eventually(() -> assertThat(lastEvent()).isEqualTo("start a 2.0"));
    way.put(file, yaml("mail", 9));
    eventually(() -> assertThat(weight()).isEqualTo(9));
    way.remove(file);
    eventually(() -> assertThat(gateway.running).isEmpty());
    way.put(file, yaml("mail", 3));
    eventually(() -> assertThat(weight()).isEqualTo(3));
    way.remove(jar);
    eventually(() -> assertThat(gateway.running).isEmpty());
    way.put(jar, jarOf("mail", "3.0"));
    eventually(() -> assertThat(lastEvent()).isEqualTo("start a 3.0"));
    if (way.isAtOnce()) {
      assertThat(gateway.refusals).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(WayOfCopying.class)
  void whatIsThereAtTheStartGoesTheSameWay(WayOfCopying way) throws Exception {
    way.put(dir.resolve("a.yaml"), yaml("mail", 4));
    way.put(dir.resolve("mail.jar"), jarOf("mail", "1.0"));
    start();
    assertThat(gateway.events).containsExactly("start a 1.0");
    assertThat(weight()).isEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource(
      value = WayOfCopying.class,
      names = {"CP", "CP_WITH_OLD_TIME", "EDITOR_IN_PLACE"})
  void aChangeOfTheSameSizeIsSeen(WayOfCopying way) throws Exception {
    way.put(dir.resolve("mail.jar"), jarOf("mail", "1.0"));
    way.put(dir.resolve("a.yaml"), yaml("mail", 4));
    start();
    Path file = dir.resolve("a.yaml");
    FileStamp before = FileStamp.of(file).orElseThrow();
    way.put(file, yaml("mail", 5));
    eventually(() -> assertThat(weight()).isEqualTo(5));
    FileStamp after = FileStamp.of(file).orElseThrow();
    assertThat(after.bytes()).isEqualTo(before.bytes());
    assertThat(after.identity()).isEqualTo(before.identity());
  }

  @Test
  void aCopyThatPausesIsRefusedOnceAndTakenWhenItIsWhole() throws Exception {
    Path jar = dir.resolve("mail.jar");
    byte[] content = jarOf("mail", "1.0");
    Files.write(dir.resolve("a.yaml"), yaml("mail", 1));
    start();
    int marker = 0;
    try (OutputStream out = Files.newOutputStream(jar)) {
      for (int part = 0; part < 4; part++) {
        int from = content.length * part / 4;
        out.write(content, from, content.length * (part + 1) / 4 - from);
        if (part < 3) {
          // What the folder holds is looked at again, until the part has settled.
          long written = Files.size(jar);
          eventually(() -> assertThat(pluginStatus("mail.jar").detail()).contains("no complete"));
          WayOfCopying.MV.put(dir.resolve("m" + ++marker + ".yaml"), yaml("-", 1));
          int told = marker + 1;
          eventually(() -> assertThat(gateway.refusals).hasSize(told));
          assertThat(Files.size(jar)).isEqualTo(written);
        }
      }
    }
    eventually(() -> assertThat(gateway.events).containsExactly("start a 1.0"));
    assertThat(gateway.reasons()).filteredOn(reason -> reason.contains("no complete")).hasSize(1);
  }

  @Test
  void aJarThatIsHalfWrittenAtTheStartIsTakenWhenItIsWhole() throws Exception {
    byte[] content = jarOf("mail", "1.0");
    Path jar = dir.resolve("mail.jar");
    Files.write(dir.resolve("a.yaml"), yaml("mail", 1));
    try (OutputStream out = Files.newOutputStream(jar)) {
      out.write(content, 0, content.length / 2);
      start();
      assertThat(gateway.events).isEmpty();
      out.write(content, content.length / 2, content.length - content.length / 2);
    }
    eventually(() -> assertThat(gateway.events).containsExactly("start a 1.0"));
  }

  @Test
  void inAnyOrderAndCombinationTheFolderIsWhatRuns() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<String> versions = List.of("1.0", "2.0", "3.0");
    List<WayOfCopying> others = new ArrayList<>(List.of(WayOfCopying.values()));
    others.remove(WayOfCopying.CONFIG_MAP);
    Map<String, String> jars = new HashMap<>();
    Map<String, Integer> weights = new HashMap<>();
    start();
    for (int i = 0; i < 400; i++) {
      // A ConfigMap owns its files; the other ways meet on the same ones.
      boolean configMap = random.nextInt(4) == 0;
      WayOfCopying way =
          configMap ? WayOfCopying.CONFIG_MAP : others.get(random.nextInt(others.size()));
      String name = (configMap ? "cm" : "mail") + random.nextInt(2);
      boolean remove = random.nextInt(4) == 0;
      if (random.nextBoolean()) {
        String version = versions.get(random.nextInt(versions.size()));
        change(way, dir.resolve(name + ".jar"), remove ? null : jarOf(name, version));
        jars.compute(name, (key, old) -> remove ? null : version);
      } else {
        int weight = 1 + random.nextInt(1_000);
        change(way, dir.resolve(name + ".yaml"), remove ? null : yaml(name, weight));
        weights.compute(name, (key, old) -> remove ? null : weight);
      }
    }
    Map<String, String> expected = new HashMap<>();
    weights.forEach(
        (name, weight) -> {
          if (jars.containsKey(name)) {
            expected.put(name, jars.get(name) + " " + weight);
          }
        });
    eventually(() -> assertThat(runs()).as("seed %s", seed).isEqualTo(expected));
  }

  private static void change(WayOfCopying way, Path target, byte @Nullable [] content)
      throws IOException {
    if (content == null) {
      way.remove(target);
    } else {
      way.put(target, content);
    }
  }

  /** Version and weight of what runs. */
  private Map<String, String> runs() {
    Map<String, String> found = new HashMap<>();
    gateway.running.forEach(
        (id, definition) -> {
          String version =
              gateway.events.stream()
                  .filter(event -> event.startsWith("start " + id + " "))
                  .reduce("", (before, event) -> event)
                  .replace("start " + id + " ", "");
          found.put(id, version + " " + definition.weight());
        });
    return found;
  }
}
