package io.signalbox.gateway.ledger.postgres;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.pgclient.PgConnectOptions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands before a server and can let nothing through, as if the server stood still, or everything
 * late, or be cut. What a client has given up meanwhile never reaches the server.
 */
public final class StallingProxy {
  private final Vertx vertx;
  private final PgConnectOptions address;
  private final Set<NetSocket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile boolean stalled;
  private volatile long delayMillis;
  private volatile boolean cut;

  private StallingProxy(Vertx vertx, PgConnectOptions address) {
    this.vertx = vertx;
    this.address = address;
  }

  /** Stands before a server from now on. */
  public static StallingProxy before(Vertx vertx, PgConnectOptions server) throws Exception {
    NetServer proxy = vertx.createNetServer();
    NetClient client = vertx.createNetClient();
    PgConnectOptions address = new PgConnectOptions(server).setHost("127.0.0.1");
    StallingProxy made = new StallingProxy(vertx, address);
    proxy.connectHandler(
        socket -> {
          made.connections.incrementAndGet();
          if (made.cut) {
            socket.close();
            return;
          }
          socket.pause();
          client
              .connect(server.getPort(), server.getHost())
              .onSuccess(other -> made.join(socket, other))
              .onFailure(e -> socket.close());
        });
    PostgresServer.await(proxy.listen(0, "127.0.0.1"));
    address.setPort(proxy.actualPort());
    return made;
  }

  private void join(NetSocket one, NetSocket other) {
    pass(one, other);
    pass(other, one);
    open.add(one);
    one.resume();
  }

  private void pass(NetSocket from, NetSocket to) {
    from.handler(
        bytes -> {
          long delay = delayMillis;
          if (!stalled && delay == 0) {
            to.write(bytes);
          } else if (!stalled) {
            // Equal delays end in the order in which they began.
            vertx.setTimer(delay, late -> to.write(bytes));
          }
        });
    from.closeHandler(
        closed -> {
          open.remove(from);
          to.close();
        });
  }

  /** Where the server seems to be. */
  public PgConnectOptions address() {
    return address;
  }

  /** How many clients have come. */
  int connections() {
    return connections.get();
  }

  /** From now on nothing comes through. */
  public void stall() {
    stalled = true;
  }

  /** From now on everything comes later, each way. */
  void slowDown(long millis) {
    delayMillis = millis;
  }

  /** Closes what is open, and takes no new connection. */
  void cut() {
    cut = true;
    open.forEach(NetSocket::close);
  }

  /** Takes connections again. */
  void mend() {
    cut = false;
  }

  /** Everything new comes through again. */
  public void goOn() {
    stalled = false;
  }
}
