package io.signalbox.gateway.connection;

import io.netty.channel.Channel;
import io.vertx.core.transport.Transport;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The ports whose connections are counted and watched from the moment they are accepted, which is
 * before TLS and before Vert.x tells of them. Connections to other ports pass. Thread-safe.
 */
public final class Doors {
  private final Map<Integer, Connections> byPort = new ConcurrentHashMap<>();

  /** The transport of a Vert.x whose servers have these doors; native where that can be had. */
  public Transport transport() {
    Transport nativeOne = Transport.nativeTransport();
    Transport chosen = nativeOne != null && nativeOne.available() ? nativeOne : Transport.NIO;
    return new Wrapped(chosen, new GuardedTransport(chosen.implementation(), this));
  }

  /** From now on connections to the port are counted. */
  public void open(int port, Connections connections) {
    byPort.put(port, connections);
  }

  /** Forgets a port that is listened on no more. */
  public void close(int port) {
    byPort.remove(port);
  }

  /** Whether a connection may stay. */
  boolean admit(Channel server, Channel child) {
    Connections connections =
        server.localAddress() instanceof InetSocketAddress at ? byPort.get(at.getPort()) : null;
    return connections == null || connections.admit(child);
  }

  private record Wrapped(Transport chosen, io.vertx.core.spi.transport.Transport implementation)
      implements Transport {
    @Override
    public String name() {
      return chosen.name();
    }

    @Override
    public boolean available() {
      return chosen.available();
    }

    @Override
    public @Nullable Throwable unavailabilityCause() {
      return chosen.unavailabilityCause();
    }
  }
}
