package io.signalbox.testkit;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A scripted SMTP server on a free port of loopback that remembers what it saw. Unless told
 * otherwise it says yes to everything, whoever logs in.
 */
public final class FakeSmtpServer implements AutoCloseable {
  private final NetServer server;
  private final @Nullable TestCertificate certificate;
  private final boolean implicitTls;
  private final Map<SmtpStage, Supplier<Future<SmtpAnswer>>> script = new ConcurrentHashMap<>();
  private final List<SeenMail> mails = new CopyOnWriteArrayList<>();
  private final List<String> commands = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile List<String> extensions =
      List.of("ENHANCEDSTATUSCODES", "8BITMIME", "AUTH PLAIN LOGIN");

  private FakeSmtpServer(
      NetServer server, @Nullable TestCertificate certificate, boolean implicitTls) {
    this.server = server;
    this.certificate = certificate;
    this.implicitTls = implicitTls;
  }

  /** Starts one that knows no TLS; blocks until it listens. */
  public static FakeSmtpServer start(Vertx vertx) {
    return start(vertx, null, false);
  }

  /** Starts one that offers STARTTLS. */
  public static FakeSmtpServer startWithStartTls(Vertx vertx, TestCertificate certificate) {
    return start(vertx, certificate, false);
  }

  /** Starts one that speaks TLS from the first byte. */
  public static FakeSmtpServer startWithTls(Vertx vertx, TestCertificate certificate) {
    return start(vertx, certificate, true);
  }

  private static FakeSmtpServer start(
      Vertx vertx, @Nullable TestCertificate certificate, boolean implicitTls) {
    NetServerOptions options = new NetServerOptions().setHost("127.0.0.1").setPort(0);
    if (certificate != null) {
      options.setKeyCertOptions(certificate.options()).setSsl(implicitTls);
    }
    FakeSmtpServer fake =
        new FakeSmtpServer(vertx.createNetServer(options), certificate, implicitTls);
    fake.server.exceptionHandler(e -> {});
    fake.server.connectHandler(fake::serve);
    fake.server.listen().await();
    return fake;
  }

  /** Answers like this at a stage from now on. */
  public void answer(SmtpStage stage, SmtpAnswer answer) {
    script.put(stage, () -> Future.succeededFuture(answer));
  }

  /** Asks for an answer each time that the stage comes, and gives it when the Future completes. */
  public void script(SmtpStage stage, Supplier<Future<SmtpAnswer>> answers) {
    script.put(stage, answers);
  }

  /** Says yes to everything again. */
  public void behave() {
    script.clear();
  }

  /** Offers these instead of what it offers by itself; STARTTLS is added where it is known. */
  public void offer(String... offered) {
    extensions = List.of(offered);
  }

  /** Where it listens, on 127.0.0.1. */
  public int port() {
    return server.actualPort();
  }

  /** The mails whose final dot came, in the order of arrival. */
  public List<SeenMail> mails() {
    return List.copyOf(mails);
  }

  /** All commands so far, as they came. */
  public List<String> commands() {
    return List.copyOf(commands);
  }

  /** How many connections were accepted so far. */
  public int connections() {
    return connections.get();
  }

  @Override
  public void close() {
    server.close().await();
  }

  private void serve(NetSocket socket) {
    connections.incrementAndGet();
    new SmtpSession(this, socket, certificate, implicitTls).begin();
  }

  Future<SmtpAnswer> answerAt(SmtpStage stage, String otherwise) {
    Supplier<Future<SmtpAnswer>> scripted = script.get(stage);
    return scripted == null ? Future.succeededFuture(SmtpAnswer.say(otherwise)) : scripted.get();
  }

  List<String> extensions() {
    return extensions;
  }

  void note(SeenMail mail) {
    mails.add(mail);
  }

  void noteCommand(String command) {
    commands.add(command);
  }
}
