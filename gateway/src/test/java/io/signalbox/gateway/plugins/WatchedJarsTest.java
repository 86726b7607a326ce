package io.signalbox.gateway.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.signalbox.gateway.bus.GatewayException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedJarsTest {
  @TempDir private Path dir;

  @Test
  void aFolderThatCannotBeWrittenIsToldAsSuch() {
    // Permissions stop no superuser; a file system that is mounted read-only stops everybody.
    Optional<Path> readOnly =
        Stream.of("/sys/kernel", "/proc/sys/kernel")
            .map(Path::of)
            .filter(path -> Files.isDirectory(path) && !Files.isWritable(path))
            .findFirst();
    assumeTrue(readOnly.isPresent(), "no read-only folder on this machine");
    assertThatThrownBy(() -> new WatchedJars(readOnly.orElseThrow()).requireWritable())
        .isInstanceOf(GatewayException.class)
        .hasMessageContaining("plugins.dir is read-only")
        .hasFieldOrPropertyWithValue("status", 409);
  }

  @Test
  void whatWasSetAsideComesBackAsItWas() throws Exception {
    WatchedJars jars = new WatchedJars(dir);
    Path target = dir.resolve("mail.jar");
    Path jar = Files.writeString(dir.resolve("new"), "new");
    Files.writeString(target, "old");
    Object time = Files.getLastModifiedTime(target);

    Optional<Path> aside = jars.setAside(target);
    jars.put(jar, target);
    assertThat(target).hasContent("new");
    jars.putBack(aside, target);
    assertThat(target).hasContent("old");
    assertThat(Files.getLastModifiedTime(target)).isEqualTo(time);

    jars.remove(List.of(target));
    Optional<Path> nothing = jars.setAside(target);
    jars.put(jar, target);
    jars.putBack(nothing, target);
    assertThat(target).doesNotExist();
  }

  @Test
  void aLinkComesBackAsALink() throws Exception {
    WatchedJars jars = new WatchedJars(dir);
    Path real = Files.writeString(dir.resolve("mail-1.0"), "old");
    Path target = Files.createSymbolicLink(dir.resolve("mail.jar"), real);
    Optional<Path> aside = jars.setAside(target);
    jars.put(Files.writeString(dir.resolve("new"), "new"), target);
    assertThat(real).hasContent("old");
    jars.putBack(aside, target);
    assertThat(Files.readSymbolicLink(target)).isEqualTo(real);
  }

  @Test
  void onlyWhatIsOursIsCleared() throws Exception {
    WatchedJars jars = new WatchedJars(dir);
    Path ours = jars.setAside(Files.writeString(dir.resolve("mail.jar"), "x")).orElseThrow();
    Path theirs = Files.writeString(dir.resolve("acme.jar.tmp"), "y");
    jars.clear();
    assertThat(ours).doesNotExist();
    assertThat(theirs).exists();
    new WatchedJars(dir.resolve("missing")).clear();
  }
}
