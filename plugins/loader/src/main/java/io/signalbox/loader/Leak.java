package io.signalbox.loader;

import java.time.Instant;
import java.util.List;

/**
 * A plugin that was unloaded and is still in memory.
 *
 * @param name the plugin's name
 * @param version its version
 * @param sha256 hash of its jar, lower-case hex
 * @param unloadedAt since when it should be gone
 * @param holders what holds it, as far as can be found, in words
 */
public record Leak(
    String name, String version, String sha256, Instant unloadedAt, List<String> holders) {

  /** Copies the list. */
  public Leak {
    holders = List.copyOf(holders);
  }

  /** Name and version, for people. */
  public String title() {
    return name + " " + version;
  }

  /** What is wrong, for people. */
  public String text() {
    return holders.isEmpty()
        ? "unloaded, and still in memory; what holds it cannot be seen from outside: a heap dump"
            + " shows it (jcmd <pid> GC.heap_dump), by the class loader \""
            + PluginClasses.LOADER_PREFIX
            + title()
            + "\""
        : "unloaded, and still in memory, held by " + String.join("; ", holders);
  }
}
