package io.signalbox.gateway.plugins;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.plugins.PluginVersion.Source;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The kept jars as other nodes may ask for them. Thread-safe; nothing blocks the caller. */
public final class KeptJars {
  private final Blocking blocking;
  private final PluginHistory history;

  KeptJars(Blocking blocking, PluginHistory history) {
    this.blocking = blocking;
    this.history = history;
  }

  /**
   * A part of a jar.
   *
   * @param total how many bytes the jar has
   */
  public record Part(long total, Buffer bytes) {}

  /** A plugin in use and which jar that is. */
  public record InUse(String plugin, PluginVersion version) {}

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

  /** The plugins in use that came by an order. */
  public List<InUse> ordered() {
    List<InUse> ordered = new ArrayList<>();
    history
        .records()
        .forEach(
            (plugin, record) ->
                current(record)
                    .filter(version -> version.source() != Source.FOLDER)
                    .ifPresent(version -> ordered.add(new InUse(plugin, version))));
    return ordered;
  }

  /** Whether nothing was kept when this gateway started: it can have undone nothing. */
  public boolean isFirstStart() {
    return history.isNew();
  }

  /**
   * Whether what another node has by an order is to be taken here too: if nothing is known here of
   * that plugin; at the first start also if there is only what the folder had from the beginning.
   * What was rolled back, removed or did not run here does not come back so.
   *
   * @param firstStart whether this is asked by a gateway that has just started for the first time
   */
  public boolean lacks(String plugin, String sha256, boolean firstStart) {
    return lacks(history.records().get(plugin), sha256, firstStart);
  }

  static boolean lacks(@Nullable PluginRecord here, String sha256, boolean firstStart) {
    return here == null
        || (firstStart
            && current(here)
                .filter(
                    version ->
                        !version.sha256().equals(sha256) && isFromTheBeginning(here, version))
                .isPresent());
  }

  private static boolean isFromTheBeginning(PluginRecord here, PluginVersion current) {
    return current.source() == Source.FOLDER && here.versions().size() == 1;
  }

  private static Optional<PluginVersion> current(PluginRecord record) {
    return record.current() == null ? Optional.empty() : record.find(record.current());
  }
}
