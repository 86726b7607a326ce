package io.signalbox.toolkit;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/**
 * A server of plain bytes: the script sees the socket and the text of each request whose body ends
 * with {@link #BODY}.
 */
final class RawServer implements AutoCloseable {
  static final String BODY = "payload-END";

  private final NetServer server;
  private final AtomicInteger connections = new AtomicInteger();

  private RawServer(NetServer server) {
    this.server = server;
  }

  static RawServer start(Vertx vertx, BiConsumer<NetSocket, String> script) throws Exception {
    RawServer raw =
        new RawServer(
            vertx.createNetServer(new NetServerOptions().setHost("127.0.0.1").setPort(0)));
    raw.server.connectHandler(socket -> raw.serve(socket, script));
    raw.server.listen().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    return raw;
  }

  private void serve(NetSocket socket, BiConsumer<NetSocket, String> script) {
    connections.incrementAndGet();
    StringBuilder seen = new StringBuilder();
    socket.exceptionHandler(e -> {});
    socket.handler(
        bytes -> {
          seen.append(bytes);
          if (seen.toString().endsWith(BODY)) {
            String request = seen.toString();
            seen.setLength(0);
            script.accept(socket, request);
          }
        });
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort() + "/send";
  }

  int connections() {
    return connections.get();
  }

  @Override
  public void close() {
    server.close().await();
  }
}
