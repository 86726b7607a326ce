package io.signalbox.gateway.callback;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** Finds all addresses of a name without blocking; each question has its own time limit. */
@FunctionalInterface
interface HostResolver {

  /** Asks; called on an event loop. */
  Future<List<InetAddress>> resolve(String host);

  /** The resolver of a Vert.x instance: hosts file first, then DNS. */
  static HostResolver of(Vertx vertx) {
    return host -> {
      Promise<List<InetSocketAddress>> found = Promise.promise();
      ((VertxInternal) vertx).nameResolver().resolveAll(host, found::handle);
      return found.future().map(all -> all.stream().map(InetSocketAddress::getAddress).toList());
    };
  }
}
