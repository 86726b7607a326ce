package io.signalbox.gateway.plugins;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Holds all kept jars together within a number of bytes. Pure functions. */
final class KeptBytes {
  private KeptBytes() {}

  /** Without the oldest previous jars that are too many; jars in use are never left out. */
  static Map<String, PluginRecord> within(long bytes, Map<String, PluginRecord> records) {
    Map<String, PluginRecord> bounded = new HashMap<>(records);
    while (total(bounded) > bytes) {
      Optional<Oldest> oldest = oldest(bounded);
      if (oldest.isEmpty()) {
        break;
      }
      bounded.computeIfPresent(
          oldest.get().plugin(), (name, record) -> record.without(oldest.get().version()));
    }
    return Map.copyOf(bounded);
  }

  private record Oldest(String plugin, PluginVersion version) {}

  private static long total(Map<String, PluginRecord> records) {
    return records.values().stream()
        .flatMap(record -> record.versions().stream())
        .mapToLong(PluginVersion::bytes)
        .sum();
  }

  private static Optional<Oldest> oldest(Map<String, PluginRecord> records) {
    return records.entrySet().stream()
        .flatMap(
            entry ->
                entry.getValue().previous(entry.getValue().current()).stream()
                    .map(version -> new Oldest(entry.getKey(), version)))
        .min(Comparator.comparingLong(one -> one.version().sinceMillis()));
  }
}
