package io.signalbox.deploy;

import io.signalbox.spi.Channel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A provider file of the sandbox.
 *
 * @param id the file's name without its ending
 * @param plugin what it is an instance of
 * @param channel the first of its channels
 */
record SandboxProvider(String id, String plugin, String channel) {
  private static final Pattern PLUGIN = Pattern.compile("(?m)^plugin: (\\S+)$");
  private static final Pattern CHANNEL = Pattern.compile("(?m)^channels: \\[(\\w+)");

  /** Every provider that the sandbox has. */
  static List<SandboxProvider> all() {
    try (Stream<Path> files = Files.list(Distribution.home().resolve("conf/sandbox"))) {
      return files.sorted().map(SandboxProvider::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those that carry messages, as opposed to operations with a result. */
  static List<SandboxProvider> ofMessages() {
    return all().stream()
        .filter(provider -> Channel.find(provider.channel).orElseThrow().carriesMessages())
        .toList();
  }

  private static SandboxProvider read(Path file) {
    String name = file.getFileName().toString();
    try {
      String text = Files.readString(file);
      return new SandboxProvider(
          name.substring(0, name.lastIndexOf('.')), found(PLUGIN, text), found(CHANNEL, text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new AssertionError("no " + pattern + " in " + text);
    }
    return matcher.group(1);
  }

  @Override
  public String toString() {
    return id;
  }
}
