package io.signalbox.gateway.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.signalbox.gateway.connection.Connections.Turned;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches one connection. A head must be whole in time, whatever drips in meanwhile; a body must
 * come at a minimum rate; between requests a connection may be idle for a while. With HTTP/2, whose
 * frames are not looked at, a head has as long as a connection may be idle. Used on the
 * connection's event loop, but for {@link #look} and {@link #closeIfSilent}.
 */
public final class ConnectionGuard extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionGuard.class);
  private static final long LOOK_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Connections connections;
  private final Channel channel;
  private final List<UnderWay> requests = new ArrayList<>(1);
  private boolean silent = true;
  private boolean reading = true;
  private boolean multiplexed;

  /** When there is something to look at; written on the event loop, read by whoever looks. */
  private volatile long dueNanos;

  ConnectionGuard(Connections connections, Channel channel) {
    this.connections = connections;
    this.channel = channel;
    this.dueNanos = connections.now() + connections.limits().head().toNanos();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object bytes) {
    silent = false;
    if (!reading && !multiplexed && requests.isEmpty()) {
      reading = true;
      dueNanos = connections.now() + connections.limits().head().toNanos();
    }
    ctx.fireChannelRead(bytes);
  }

  /** A request's head is here. */
  public void began(HttpServerRequest request) {
    long now = connections.now();
    long due = now + connections.limits().head().toNanos();
    reading = false;
    multiplexed |= request.version() == HttpVersion.HTTP_2;
    if (requests.isEmpty() || dueNanos - due > 0) {
      dueNanos = due;
    }
    requests.add(new UnderWay(request, now));
  }

  /** The request was answered, or nobody waits for an answer. */
  public void ended(HttpServerRequest request) {
    requests.removeIf(each -> each.request == request);
    if (requests.isEmpty()) {
      dueNanos = connections.now() + connections.limits().idle().toNanos();
    }
  }

  /** Looks whether it is too slow, if it is time for that. On any thread. */
  void look(long nowNanos) {
    if (nowNanos - dueNanos >= 0 && channel.isRegistered()) {
      channel.eventLoop().execute(() -> check(connections.now()));
    }
  }

  /** Closes it if nothing has come on it yet. On any thread. */
  void closeIfSilent() {
    if (channel.isRegistered()) {
      channel.eventLoop().execute(this::closeSilent);
    }
  }

  private void closeSilent() {
    if (silent) {
      channel.close().addListener(closed -> LOG.debug("a connection without a request was closed"));
    }
  }

  private void check(long now) {
    if (now - dueNanos < 0) {
      return;
    }
    if (requests.isEmpty()) {
      Turned reason = reading ? Turned.SLOW_HEAD : Turned.IDLE;
      connections.count(reason);
      channel.close().addListener(closed -> LOG.debug("a connection was closed: {}", reason));
      return;
    }
    dueNanos = now + LOOK_AGAIN_NANOS;
    List.copyOf(requests).stream().filter(each -> isTooSlow(each, now)).forEach(this::slow);
  }

  private void slow(UnderWay each) {
    // It is told once; its connection is closed, or its stream.
    requests.remove(each);
    connections.slowBody(each.request);
  }

  private boolean isTooSlow(UnderWay each, long now) {
    ConnectionLimits limits = connections.limits();
    if (limits.bodyBytesPerSecond() == 0 || each.request.isEnded()) {
      return false;
    }
    double earned =
        (double) each.request.bytesRead()
            / limits.bodyBytesPerSecond()
            * TimeUnit.SECONDS.toNanos(1);
    return now - each.sinceNanos > limits.head().toNanos() + earned;
  }

  /** A request whose answer is not written. */
  private record UnderWay(HttpServerRequest request, long sinceNanos) {}
}
