package io.signalbox.simulator.smtp;

import io.signalbox.simulator.core.OpenPort;
import io.signalbox.simulator.core.PluginFront;
import io.signalbox.simulator.core.PluginState;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;
import org.subethamail.smtp.server.Session;

/**
 * A mail server that wants a login, with a thread for each connection. Only the decisions are made
 * on the event loop.
 */
public final class SmtpFront implements PluginFront {
  private static final String HOST_NAME = "smtp.simulator.example";
  private static final int MAX_BYTES = 10 << 20;
  private static final int MAX_CONNECTIONS = 200;
  private static final long IDLE_MILLIS = TimeUnit.MINUTES.toMillis(2);

  private final Vertx vertx;
  private final SmtpAccount account;
  private final SmtpDesk desk;
  private String openedHost = "";
  private int openedPort;

  /** The server of one account; to be made on the event loop that the state lives on. */
  public SmtpFront(Vertx vertx, SmtpAccount account, PluginState state) {
    this.vertx = vertx;
    this.account = account;
    this.desk = new SmtpDesk(vertx.getOrCreateContext(), state);
  }

  @Override
  public String name() {
    return "smtp";
  }

  @Override
  public String scheme() {
    return "smtp";
  }

  @Override
  public JsonObject account() {
    return account.toState().put("host", openedHost).put("port", openedPort);
  }

  @Override
  public Future<OpenPort> open(String host, int port) {
    return vertx
        .executeBlocking(() -> listening(host, port), false)
        .onSuccess(
            opened -> {
              openedHost = host;
              openedPort = opened.number();
            });
  }

  @Override
  public void close() {
    // Nothing waits for its time: SMTP has no webhooks.
  }

  private OpenPort listening(String host, int port) throws IOException {
    CountDownLatch closing = new CountDownLatch(1);
    SMTPServer server =
        SMTPServer.port(port)
            .bindAddress(InetAddress.getByName(host))
            .hostName(HOST_NAME)
            .softwareName("Signalbox simulator")
            .authenticationHandlerFactory(new EasyAuthenticationHandlerFactory(this::logIn))
            .requireAuth(true)
            .maxMessageSize(MAX_BYTES)
            .maxConnections(MAX_CONNECTIONS)
            .connectionTimeoutMs((int) IDLE_MILLIS)
            .messageHandlerFactory(
                session ->
                    new MailTransaction(desk, (Session) session, closing, MAX_BYTES, IDLE_MILLIS))
            .build();
    try {
      server.start();
    } catch (RuntimeException e) {
      // The library wraps what the socket says, such as that the port is taken.
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw e;
    }
    return new OpenPort(server.getPortAllocated(), () -> stop(server, closing));
  }

  /** Waits for the sessions' threads, which end at once when their sockets are closed. */
  private Future<Void> stop(SMTPServer server, CountDownLatch closing) {
    return vertx.executeBlocking(
        () -> {
          closing.countDown();
          server.stop();
          return null;
        },
        false);
  }

  private void logIn(String username, String password, Object context) throws LoginFailedException {
    if (!account.isOf(username, password)) {
      throw new LoginFailedException();
    }
  }
}
