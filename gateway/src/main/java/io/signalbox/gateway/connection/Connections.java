package io.signalbox.gateway.connection;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** The connections of one port. Thread-safe. */
public final class Connections {
  private static final int NETWORK_BYTES = 8;

  private final ConnectionLimits limits;
  private final Handler<HttpServerRequest> tooSlow;
  private final BiConsumer<String, Throwable> notShaken;
  private final LongSupplier nanos;
  private final AtomicInteger open = new AtomicInteger();
  private final Map<Object, Integer> byAddress = new ConcurrentHashMap<>();
  private final Map<Ends, ConnectionGuard> guards = new ConcurrentHashMap<>();
  private final Map<Turned, LongAdder> turned = new EnumMap<>(Turned.class);

  /**
   * Makes it, without any.
   *
   * @param tooSlow given a request whose body comes too slowly, on its event loop
   * @param notShaken given the address of each other end with which no TLS handshake was possible,
   *     and why, on an event loop
   * @param nanos a clock that only goes forward
   */
  public Connections(
      ConnectionLimits limits,
      Handler<HttpServerRequest> tooSlow,
      BiConsumer<String, Throwable> notShaken,
      LongSupplier nanos) {
    this.limits = limits;
    this.tooSlow = tooSlow;
    this.notShaken = notShaken;
    this.nanos = nanos;
    for (Turned reason : Turned.values()) {
      turned.put(reason, new LongAdder());
    }
  }

  /** How many there are. */
  public int count() {
    return open.get();
  }

  /** How many were closed for that reason, ever. */
  public long closed(Turned reason) {
    LongAdder count = turned.get(reason);
    return count == null ? 0 : count.sum();
  }

  /** The guard of a connection with these ends; null if it is watched by nobody. */
  public @Nullable ConnectionGuard guard(SocketAddress remote, SocketAddress local) {
    String there = remote.hostAddress();
    String here = local.hostAddress();
    return there == null || here == null ? null : guards.get(new Ends(there, remote.port(), here));
  }

  /** Closes those that are too slow or idle; called a few times a second, on any thread. */
  public void sweep() {
    long now = nanos.getAsLong();
    guards.values().forEach(guard -> guard.look(now));
  }

  /**
   * Closes those on which nothing has come yet. Vert.x, which has not made connections of HTTP of
   * them, would wait for them when a server is shut down. On any thread.
   */
  public void closeSilent() {
    guards.values().forEach(ConnectionGuard::closeIfSilent);
  }

  boolean admit(Channel child) {
    if (!(child.remoteAddress() instanceof InetSocketAddress remote)
        || !(child.localAddress() instanceof InetSocketAddress local)) {
      return false; // It is gone already.
    }
    Object network = network(remote.getAddress());
    if (open.incrementAndGet() > limits.most()) {
      open.decrementAndGet();
      count(Turned.AWAY);
      return false;
    }
    if (byAddress.merge(network, 1, Integer::sum) > limits.mostOfAddress()) {
      left(network);
      count(Turned.AWAY_ADDRESS);
      return false;
    }
    String address = remote.getAddress().getHostAddress();
    Ends ends = new Ends(address, remote.getPort(), local.getAddress().getHostAddress());
    ConnectionGuard guard = new ConnectionGuard(this, child);
    guards.put(ends, guard);
    child.pipeline().addLast(guard);
    child
        .closeFuture()
        .addListener(
            closed -> {
              guards.remove(ends, guard);
              left(network);
              handshake(child, address);
            });
    return true;
  }

  /** Looks whether a connection that was closed has failed at its handshake. */
  private void handshake(Channel child, String address) {
    SslHandler tls = child.pipeline().get(SslHandler.class);
    Throwable failure = tls == null ? null : tls.handshakeFuture().cause();
    if (failure instanceof SslHandshakeTimeoutException) {
      count(Turned.SLOW_HEAD);
    } else if (failure instanceof SSLException) {
      notShaken.accept(address, failure);
      count(Turned.HANDSHAKE);
    }
  }

  private void left(Object network) {
    open.decrementAndGet();
    byAddress.computeIfPresent(network, (key, count) -> count > 1 ? count - 1 : null);
  }

  ConnectionLimits limits() {
    return limits;
  }

  long now() {
    return nanos.getAsLong();
  }

  void slowBody(HttpServerRequest request) {
    count(Turned.SLOW_BODY);
    tooSlow.handle(request);
  }

  void count(Turned reason) {
    LongAdder count = turned.get(reason);
    if (count != null) {
      count.increment();
    }
  }

  /** Whoever has an address of IPv6 has a network of them. */
  private static Object network(InetAddress address) {
    return address instanceof Inet6Address
        ? ByteBuffer.wrap(address.getAddress(), 0, NETWORK_BYTES)
        : address;
  }

  /** Why a connection was closed by this side. */
  public enum Turned {
    /** There were too many. */
    AWAY,
    /** There were too many of its address. */
    AWAY_ADDRESS,
    /** A head, or a TLS handshake, took too long. */
    SLOW_HEAD,
    SLOW_BODY,
    /** It had no request for too long. */
    IDLE,
    /** There could be no TLS with it, such as without a certificate where one is needed. */
    HANDSHAKE
  }

  /**
   * Both ends. Whoever reaches this machine by two addresses may have two connections from one
   * port.
   */
  private record Ends(String remote, int remotePort, String local) {}
}
