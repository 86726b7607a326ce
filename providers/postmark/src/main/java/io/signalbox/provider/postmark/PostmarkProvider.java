package io.signalbox.provider.postmark;

import io.signalbox.spi.CheckResult;
import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.ProviderContext;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.StatusLookup;
import io.signalbox.spi.StatusQuery;
import io.signalbox.spi.WebhookReceiver;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.signalbox.toolkit.HttpAnswer.Answered;
import io.signalbox.toolkit.HttpCall;
import io.signalbox.toolkit.HttpMessageProvider;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Sends mail through one Postmark server, one recipient a call. */
final class PostmarkProvider extends HttpMessageProvider implements WebhookReceiver, StatusLookup {
  /** Search, details and bounce: a look-up's time is shared by as many calls as it may need. */
  private static final int MAX_LOOK_UP_CALLS = 3;

  private final PostmarkConfig config;
  private final PostmarkMessage message;
  private final PostmarkWebhooks webhooks;

  PostmarkProvider(PostmarkConfig config, ProviderContext context) {
    super(context);
    this.config = config;
    this.message = new PostmarkMessage(config.from(), config.messageStream());
    this.webhooks = new PostmarkWebhooks(config);
  }

  @Override
  protected Optional<Outcome> refusal(DeliveryRequest request) {
    return PostmarkMessage.refusal(request);
  }

  @Override
  protected HttpCall call(DeliveryRequest request) {
    return signedIn(
        HttpCall.postJson(config.baseUrl() + "/email", message.of(request), request.timeout()));
  }

  @Override
  protected Outcome outcome(Answered answer, DeliveryRequest request, Instant now) {
    return PostmarkErrors.outcome(answer, request.recipient(), now);
  }

  @Override
  public Future<WebhookResult> receive(WebhookRequest request) {
    return Future.succeededFuture(webhooks.receive(request));
  }

  @Override
  public Future<Optional<Receipt>> lookUp(StatusQuery query) {
    Duration share = query.timeout().dividedBy(MAX_LOOK_UP_CALLS);
    Duration each = share.toMillis() > 0 ? share : query.timeout();
    return messageId(query, each)
        .compose(
            id ->
                id.isEmpty()
                    ? Future.succeededFuture(Optional.empty())
                    : details(query, id.get(), each));
  }

  /** Reads the server that the token belongs to. */
  @Override
  public Future<CheckResult> check() {
    return check(
        get("/server", checkTimeout()),
        answer ->
            answer.successful()
                ? CheckResult.healthy("Postmark takes the token")
                : CheckResult.unhealthy("Postmark answers " + answer.status()));
  }

  private Future<Optional<String>> messageId(StatusQuery query, Duration timeout) {
    if (query.providerMessageId() != null) {
      return Future.succeededFuture(PostmarkLookUp.messageId(query));
    }
    String path =
        "/messages/outbound?" + PostmarkLookUp.searchParameters(query, config.messageStream());
    return ask(get(path, timeout)).map(answer -> PostmarkLookUp.searched(answer, query));
  }

  private Future<Optional<Receipt>> details(StatusQuery query, String id, Duration timeout) {
    return ask(get("/messages/outbound/" + id + "/details", timeout))
        .map(answer -> PostmarkLookUp.details(answer, query, id, now()))
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture(Optional.empty())
                    : kindOfBounce(query, found.get(), timeout).map(Optional::of));
  }

  /** The details tell that a message bounced, and only the bounce itself whether for good. */
  private Future<Receipt> kindOfBounce(
      StatusQuery query, PostmarkLookUp.Found found, Duration timeout) {
    return found.bounceId() == null
        ? Future.succeededFuture(found.receipt())
        : ask(get("/bounces/" + found.bounceId(), timeout))
            .map(answer -> PostmarkLookUp.bounce(answer, query, found, now()));
  }

  private HttpCall get(String path, Duration timeout) {
    return signedIn(HttpCall.get(config.baseUrl() + path, timeout));
  }

  private HttpCall signedIn(HttpCall call) {
    return call.withHeader("Accept", "application/json")
        .withHeader("X-Postmark-Server-Token", config.serverToken().reveal());
  }
}
