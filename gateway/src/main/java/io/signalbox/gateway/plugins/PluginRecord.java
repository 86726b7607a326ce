package io.signalbox.gateway.plugins;

import io.signalbox.gateway.model.OrderStamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The jars of one plugin that are kept. Immutable; its methods are pure.
 *
 * @param current SHA-256 of the one in use; null if the plugin was removed
 * @param versions what was taken into use last comes first
 * @param last the newest order that was carried out; null if there was none
 * @param refused when the last order of another node was given that could not be carried out; null
 *     if there was none
 */
record PluginRecord(
    @Nullable String current,
    List<PluginVersion> versions,
    @Nullable LastOrder last,
    @Nullable OrderStamp refused) {
  static final PluginRecord EMPTY = new PluginRecord(null, List.of(), null, null);

  PluginRecord {
    versions = List.copyOf(versions);
  }

  /** After another content was taken into use; one that was there before is moved to the front. */
  PluginRecord taken(PluginVersion version) {
    List<PluginVersion> all = new ArrayList<>();
    all.add(version);
    versions.stream().filter(one -> !one.sha256().equals(version.sha256())).forEach(all::add);
    return new PluginRecord(version.sha256(), all, last, refused);
  }

  /** After the plugin was removed. */
  PluginRecord removed() {
    return new PluginRecord(null, versions, last, refused);
  }

  /** With at most so many beside the one in use, the newest. */
  PluginRecord bounded(int previous) {
    List<PluginVersion> kept = new ArrayList<>();
    int room = previous;
    for (PluginVersion version : versions) {
      if (version.sha256().equals(current) || room-- > 0) {
        kept.add(version);
      }
    }
    return new PluginRecord(current, kept, last, refused);
  }

  /** Without one. */
  PluginRecord without(PluginVersion version) {
    return new PluginRecord(
        current, versions.stream().filter(one -> !one.equals(version)).toList(), last, refused);
  }

  /** After an order was carried out. */
  PluginRecord ordered(LastOrder order) {
    return new PluginRecord(current, versions, order, refused);
  }

  /** After an order of another node could not be carried out. */
  PluginRecord refused(OrderStamp stamp) {
    return new PluginRecord(current, versions, last, stamp);
  }

  /** The one in use, if it is kept. */
  Optional<PluginVersion> inUse() {
    return current == null ? Optional.empty() : find(current);
  }

  Optional<PluginVersion> find(String sha256) {
    return versions.stream().filter(one -> one.sha256().equals(sha256)).findFirst();
  }

  /** What a rollback goes back to, newest first: all but what is in the folder now. */
  List<PluginVersion> previous(@Nullable String present) {
    return versions.stream().filter(one -> !one.sha256().equals(present)).toList();
  }
}
