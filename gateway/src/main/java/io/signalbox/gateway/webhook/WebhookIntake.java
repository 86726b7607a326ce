package io.signalbox.gateway.webhook;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.bus.WebhookMessages.Answer;
import io.signalbox.gateway.bus.WebhookMessages.Arrived;
import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.signalbox.gateway.ledger.StoredWebhook;
import io.signalbox.gateway.ledger.WebhookBatch;
import io.signalbox.gateway.ledger.WebhookBody;
import io.signalbox.gateway.ledger.WebhookInbox;
import io.signalbox.spi.BookingChange;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.vertx.core.Future;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores webhooks as they came, with what their provider made of them, and says what to answer.
 * What is not authentic is not kept. Used on one context.
 */
final class WebhookIntake {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookIntake.class);
  private static final int MAX_RECEIPTS = 20_000;
  private static final String TEXT = "text/plain";

  private final WebhookInbox inbox;
  private final WebhookMeter meter;
  private final Consumer<StoredWebhook> next;

  /**
   * Makes an intake.
   *
   * @param next given each stored webhook that has receipts
   */
  WebhookIntake(WebhookInbox inbox, WebhookMeter meter, Consumer<StoredWebhook> next) {
    this.inbox = inbox;
    this.meter = meter;
    this.next = next;
  }

  /**
   * Stores it.
   *
   * @param channels what the provider carries
   * @return what to answer once it is stored; fails with a {@link GatewayException} of status 503
   *     if it could not be stored now, and of 413 if it says too much
   */
  Future<Answer> take(Arrived arrived, WebhookResult result, Set<Channel> channels) {
    if (result instanceof WebhookResult.Refused refused) {
      return refuse(arrived, refused);
    }
    if (result instanceof WebhookResult.Answer answer) {
      // A challenge says nothing, and its query may hold a secret.
      Future<?> kept =
          arrived.request().body().length() == 0
              ? Future.succeededFuture()
              : store(arrived, null, Said.NOTHING, channels);
      return kept.map(
          done -> {
            meter.webhook(arrived.provider(), "answered");
            return new Answer(200, answer.contentType(), answer.body());
          });
    }
    WebhookResult.Verified verified = (WebhookResult.Verified) result;
    List<Receipt> said = verified.receipts();
    if (said.size() + verified.bookings().size() > MAX_RECEIPTS) {
      return Future.failedFuture(
          new GatewayException(413, "more than " + MAX_RECEIPTS + " events in one body"));
    }
    List<Receipt> receipts = CheckedReceipts.of(said, arrived.request().receivedAt());
    return store(arrived, null, new Said(receipts, verified.bookings()), channels)
        .map(
            stored -> {
              meter.webhook(arrived.provider(), "verified");
              if (!receipts.isEmpty()) {
                next.accept(stored);
              }
              return new Answer(200, TEXT, "");
            });
  }

  /**
   * What is authentic is kept even if nobody can read it: a person may have to. A challenge by GET
   * is not: its token stands in the query, which must be read before anybody is known.
   */
  private Future<Answer> refuse(Arrived arrived, WebhookResult.Refused refused) {
    String provider = arrived.provider();
    String kind = refused.refusal().name().toLowerCase(Locale.ROOT);
    meter.webhook(provider, kind);
    LOG.warn("a webhook for {} was refused, {}: {}", provider, kind, refused.detail());
    Answer answer = new Answer(refused.refusal().httpStatus(), TEXT, "");
    boolean kept =
        refused.refusal() == WebhookResult.Refusal.MALFORMED
            && !"GET".equals(arrived.request().method());
    return kept
        ? store(arrived, kind + ": " + refused.detail(), Said.NOTHING, Set.of()).map(answer)
        : Future.succeededFuture(answer);
  }

  /** What a webhook says. */
  private record Said(List<Receipt> receipts, List<BookingChange> bookings) {
    private static final Said NOTHING = new Said(List.of(), List.of());
  }

  private Future<StoredWebhook> store(
      Arrived arrived, @Nullable String problem, Said said, Set<Channel> channels) {
    WebhookRequest request = arrived.request();
    long receivedAt = request.receivedAt().toEpochMilli();
    return inbox
        .store(
            new WebhookBody(
                arrived.provider(),
                receivedAt,
                request.method(),
                KeptRequest.url(request.url()),
                KeptRequest.headers(request.headers()),
                request.body(),
                problem,
                said.receipts(),
                channels,
                said.bookings()))
        .recover(WebhookIntake::askAgainLater)
        .map(
            id -> {
              meter.stored(arrived.provider());
              return new StoredWebhook(
                  id, new WebhookBatch(arrived.provider(), receivedAt, said.receipts(), channels));
            });
  }

  /** Providers repeat a webhook that was answered with 503. */
  private static Future<Long> askAgainLater(Throwable failure) {
    return failure instanceof LedgerUnavailableException
        ? Future.failedFuture(new GatewayException(503, "the ledger is not available"))
        : Future.failedFuture(failure);
  }
}
