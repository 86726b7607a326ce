package io.signalbox.gateway.ledger.postgres;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.pgclient.PgConnectOptions;

/**
 * Stands before a server and can let nothing through, as if the server stood still. What a client
 * has given up meanwhile never reaches the server.
 */
final class StallingProxy {
  private final PgConnectOptions address;
  private volatile boolean stalled;

  private StallingProxy(PgConnectOptions address) {
    this.address = address;
  }

  static StallingProxy before(Vertx vertx, PgConnectOptions server) throws Exception {
    NetServer proxy = vertx.createNetServer();
    NetClient client = vertx.createNetClient();
    PgConnectOptions address = new PgConnectOptions(server).setHost("127.0.0.1");
    StallingProxy made = new StallingProxy(address);
    proxy.connectHandler(
        socket -> {
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
    one.resume();
  }

  private void pass(NetSocket from, NetSocket to) {
    from.handler(
        bytes -> {
          if (!stalled) {
            to.write(bytes);
          }
        });
    from.closeHandler(closed -> to.close());
  }

  /** Where the server seems to be. */
  PgConnectOptions address() {
    return address;
  }

  /** From now on nothing comes through. */
  void stall() {
    stalled = true;
  }

  /** Everything new comes through again. */
  void goOn() {
    stalled = false;
  }
}
