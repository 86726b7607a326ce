package io.signalbox.loader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What provider files say besides their {@code config} block, so that no secret is needed: for
 * tools that only calculate with providers.
 */
public final class ProviderOutlines {
  private static final Set<String> CONFIG = Set.of("config");

  private ProviderOutlines() {}

  /**
   * The providers of a folder by id, without those that are disabled or have mistakes. Blocks.
   *
   * @param folder such as the plugins folder; one that does not exist has no providers
   */
  public static Map<String, ProviderDefinition> read(Path folder) {
    ProviderFileReader reader =
        new ProviderFileReader(
            name -> Optional.ofNullable(System.getenv(name)), name -> Optional.empty());
    Map<String, ProviderDefinition> found = new HashMap<>();
    for (Path file : files(folder)) {
      ProviderDefinition definition = reader.read(file, CONFIG).definition();
      if (definition != null) {
        found.put(definition.id(), definition);
      }
    }
    return found;
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.getFileName().toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
