package io.signalbox.gateway.plugins;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.model.OrderStamp;
import io.signalbox.gateway.plugins.PluginVersion.Source;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The kept jars, and what was ordered, as other nodes may ask for them. Thread-safe; nothing blocks
 * the caller.
 */
public final class KeptJars {
  private final Blocking blocking;
  private final PluginHistory history;
  private final OrderBook orders;

  KeptJars(Blocking blocking, PluginHistory history, OrderBook orders) {
    this.blocking = blocking;
    this.history = history;
    this.orders = orders;
  }

  /**
   * A part of a jar.
   *
   * @param total how many bytes the jar has
   */
  public record Part(long total, Buffer bytes) {}

  /**
   * What was ordered of a plugin.
   *
   * @param sha256 which jar it is; null if it was removed
   * @param source how it was changed
   * @param stamp when
   */
  public record Held(String plugin, @Nullable String sha256, Source source, OrderStamp stamp) {}

  /**
   * Reads a part of a kept jar.
   *
   * @return fails with status 404 if none of that hash is kept
   */
  public Future<Part> part(String sha256, long offset, int length) {
    boolean known =
        history.records().values().stream().anyMatch(record -> record.find(sha256).isPresent());
    if (!known || offset < 0) {
      return Future.failedFuture(new GatewayException(404, "no such jar is kept here"));
    }
    return blocking.call(
        () -> {
          try (FileChannel jar = FileChannel.open(history.jar(sha256), StandardOpenOption.READ)) {
            ByteBuffer bytes = ByteBuffer.allocate(length);
            while (bytes.hasRemaining() && jar.read(bytes, offset + bytes.position()) >= 0) {
              // Reads on until it is full or the jar ends.
            }
            return new Part(
                jar.size(), Buffer.buffer().appendBytes(bytes.array(), 0, bytes.position()));
          }
        });
  }

  /**
   * The newest orders that were carried out here and on all nodes that were there, as far as it
   * still is as they said.
   */
  public List<Held> ordered() {
    List<Held> ordered = new ArrayList<>();
    history
        .records()
        .forEach(
            (plugin, record) -> {
              LastOrder last = record.last();
              if (last != null && last.everywhere() && isSo(record, last)) {
                ordered.add(new Held(plugin, last.sha256(), last.source(), last.stamp()));
              }
            });
    return ordered;
  }

  private static boolean isSo(PluginRecord record, LastOrder order) {
    return Objects.equals(record.current(), order.sha256())
        && (order.sha256() == null || record.inUse().isPresent());
  }

  /** Whether nothing was kept when this gateway started: it can have undone nothing. */
  public boolean isFirstStart() {
    return history.isNew();
  }

  /** Whether a newer order than that was carried out here. */
  public boolean isSuperseded(String plugin, OrderStamp stamp) {
    return orders.isSuperseded(plugin, stamp);
  }

  /** Notes that an order was carried out on all nodes. */
  public Future<Void> everywhere(String plugin, OrderStamp stamp) {
    return orders.everywhere(plugin, stamp);
  }

  /**
   * Whether an order that another node has carried out is to be carried out here too: if it is
   * newer than what was ordered or put into the folder here, and was not found unusable. At the
   * first start what the folder had from the beginning gives way too.
   *
   * @param firstStart whether this is asked by a gateway that has just started for the first time
   */
  public boolean lacks(Held theirs, boolean firstStart) {
    return lacks(history.records().get(theirs.plugin()), theirs, firstStart);
  }

  static boolean lacks(@Nullable PluginRecord here, Held theirs, boolean firstStart) {
    if (here == null) {
      return theirs.sha256() != null;
    }
    LastOrder last = here.last();
    if (theirs.stamp().equals(here.refused())
        || (last != null && last.stamp().compareTo(theirs.stamp()) >= 0)) {
      return false;
    }
    return here.inUse()
        .filter(version -> version.source() == Source.FOLDER)
        .map(
            version ->
                version.sinceMillis() < theirs.stamp().atMillis()
                    || (firstStart && here.versions().size() == 1))
        .orElse(theirs.sha256() != null || here.current() != null);
  }
}
