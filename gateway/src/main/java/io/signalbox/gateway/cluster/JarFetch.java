package io.signalbox.gateway.cluster;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.bus.NodeBus;
import io.signalbox.gateway.bus.NodePluginMessages.AskJar;
import io.signalbox.gateway.bus.NodePluginMessages.JarPart;
import io.signalbox.loader.check.JarCheck;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import java.nio.file.Path;
import java.time.Duration;

/** Fetches a jar from the node that has it, part by part, each asked for twice at most. */
final class JarFetch {
  /**
   * Small beside what an event loop's connection carries in a moment, so that pings get through.
   */
  static final int PART_BYTES = 256 << 10;

  private static final Duration PART_TIMEOUT = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final NodeBus bus;
  private final String holder;
  private final String sha256;

  JarFetch(Vertx vertx, NodeBus bus, String holder, String sha256) {
    this.vertx = vertx;
    this.bus = bus;
    this.holder = holder;
    this.sha256 = sha256;
  }

  /**
   * Writes it into a file, which is there. Whether it is the jar that was asked for, the reader of
   * the file must check.
   */
  Future<Void> into(Path file) {
    return vertx
        .fileSystem()
        .open(file.toString(), new OpenOptions().setCreate(false).setTruncateExisting(true))
        .compose(target -> from(target, 0).eventually(target::close));
  }

  private Future<Void> from(AsyncFile target, long offset) {
    return part(offset)
        .recover(lost -> part(offset))
        .compose(part -> write(target, offset, part))
        .compose(next -> next < 0 ? Future.succeededFuture() : from(target, next));
  }

  private Future<JarPart> part(long offset) {
    return bus.ask(holder, new AskJar(sha256, offset), JarPart.class, PART_TIMEOUT);
  }

  /** Completes with where the next part begins; negative if there is none. */
  private Future<Long> write(AsyncFile target, long offset, JarPart part) {
    long next = offset + part.bytes().length();
    if (part.total() > JarCheck.maxBytes() || (next < part.total() && next == offset)) {
      return Future.failedFuture(new GatewayException(422, "that node sends no jar"));
    }
    return target.write(part.bytes()).map(written -> next < part.total() ? next : -1L);
  }
}
