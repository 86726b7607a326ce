package io.signalbox.provider.smtp;

import io.signalbox.spi.CheckResult;
import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.MessageProvider;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.Recipient;
import io.signalbox.toolkit.UnansweredCodes;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.MailClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Sends mail over SMTP. */
final class SmtpProvider implements MessageProvider {
  private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

  /** Mails that may wait for a free connection; the client itself would queue without end. */
  private static final int MAX_WAITING = 256;

  private final Vertx vertx;
  private final SmtpConfig config;
  private final MailLimits limits;
  private final MailComposer composer;
  private final MailClients clients;
  private final MailClient client;
  private int underWay;
  private boolean closed;

  SmtpProvider(Vertx vertx, SmtpConfig config) {
    this.vertx = vertx;
    this.config = config;
    this.limits = new MailLimits(config.maxContentBytes());
    this.composer = new MailComposer(config);
    this.clients = new MailClients(vertx, config);
    this.client = clients.pooled();
  }

  @Override
  public Future<Outcome> deliver(DeliveryRequest request) {
    if (closed) {
      return ended(SmtpFailures.notSent(UnansweredCodes.CLOSED, "the provider was closed"));
    }
    Optional<Outcome> refusal = limits.refusal(request);
    if (refusal.isPresent()) {
      return ended(refusal.get());
    }
    if (underWay >= config.maxConnections() + MAX_WAITING) {
      return ended(
          SmtpFailures.notSent(UnansweredCodes.POOL_EXHAUSTED, "all connections are in use"));
    }
    String recipient = MailAddress.of(request.recipient().address()).orElseThrow();
    return send(request, composer.mail(request, recipient));
  }

  private Future<Outcome> send(DeliveryRequest request, OutgoingMail mail) {
    Promise<Outcome> outcome = Promise.promise();
    long millis = Math.max(1, request.timeout().toMillis());
    long timer =
        vertx.setTimer(
            millis,
            fired -> {
              mail.withdraw();
              outcome.tryComplete(SmtpFailures.timedOut(mail.begun(), millis));
            });
    String id = composer.messageId(request);
    Recipient recipient = request.recipient();
    underWay++;
    client
        .sendMail(mail)
        .<Outcome>map(taken -> new Outcome.Sent(id, Evidence.answered(0, "250", null)))
        .otherwise(failure -> SmtpFailures.outcome(failure, mail.begun(), recipient))
        .onSuccess(outcome::tryComplete)
        .onComplete(
            done -> {
              underWay--;
              vertx.cancelTimer(timer);
            });
    return outcome.future();
  }

  /**
   * Connects anew, says EHLO, upgrades, logs in, as far as configured, and takes its leave: a mail
   * that was withdrawn before goes no further.
   */
  @Override
  public Future<CheckResult> check() {
    if (closed) {
      return Future.succeededFuture(CheckResult.unhealthy("the provider was closed"));
    }
    OutgoingMail mail = new OutgoingMail();
    mail.setFrom(config.from());
    mail.setTo(config.from());
    mail.withdraw();
    MailClient trial = clients.single();
    return trial
        .sendMail(mail)
        .map(CheckResult.unhealthy("the check was sent as a mail"))
        .otherwise(this::checked)
        .timeout(CHECK_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
        .otherwise(CheckResult.unhealthy("no answer within " + CHECK_TIMEOUT.toSeconds() + " s"))
        .eventually(() -> closed(trial));
  }

  private CheckResult checked(Throwable failure) {
    if (failure instanceof OutgoingMail.Withdrawn) {
      return CheckResult.healthy(
          config.login() == null ? "the server is ready" : "the server takes the login");
    }
    Evidence why =
        SmtpFailures.outcome(failure, false, new Recipient.Email(config.from())).evidence();
    return CheckResult.unhealthy("the server is not ready: " + why.code() + " " + why.message());
  }

  @Override
  public Future<Void> close() {
    if (closed) {
      return Future.succeededFuture();
    }
    closed = true;
    return closed(client);
  }

  /** The client waits for connections in use without end, which a silent server would keep. */
  private static Future<Void> closed(MailClient client) {
    return client.close().timeout(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS).otherwiseEmpty();
  }

  private static Future<Outcome> ended(Outcome outcome) {
    return Future.succeededFuture(outcome);
  }

  @Override
  public String toString() {
    return "SmtpProvider[" + config + "]";
  }
}
