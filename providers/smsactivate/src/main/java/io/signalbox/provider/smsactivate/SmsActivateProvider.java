package io.signalbox.provider.smsactivate;

import io.signalbox.provider.smsactivate.SmsActivateErrors.Effect;
import io.signalbox.spi.CheckResult;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.ProviderContext;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.WebhookReceiver;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.signalbox.spi.operation.Answer;
import io.signalbox.spi.operation.NumberOffer;
import io.signalbox.spi.operation.NumberProvider;
import io.signalbox.spi.operation.OfferWish;
import io.signalbox.spi.operation.RentRequest;
import io.signalbox.spi.operation.Rental;
import io.signalbox.spi.operation.RentalChange;
import io.signalbox.spi.operation.RentalSearch;
import io.signalbox.spi.operation.RentalStatus;
import io.signalbox.spi.operation.Shortage;
import io.signalbox.toolkit.FormBody;
import io.signalbox.toolkit.HttpAnswer.Answered;
import io.signalbox.toolkit.HttpOperationProvider;
import io.signalbox.toolkit.NotSent;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Rents numbers from one account of a service that speaks the protocol of SMS-Activate. */
final class SmsActivateProvider extends HttpOperationProvider
    implements NumberProvider, WebhookReceiver {
  private final SmsActivateConfig config;
  private final Call calls;
  private final Activation activation;
  private final Search search;
  private final OfferCalls offers;
  private final SmsActivateWebhooks webhooks;

  SmsActivateProvider(SmsActivateConfig config, ProviderContext context) {
    super(context);
    this.config = config;
    this.calls = new Call(config);
    this.activation = new Activation(config);
    this.search = new Search(config);
    this.offers = new OfferCalls(config, this::call, context.clock());
    this.webhooks = new SmsActivateWebhooks(config.webhookSecrets(), config.zone());
  }

  @Override
  public Future<Answer<Rental>> rent(RentRequest request) {
    Optional<String> country = config.places().country(request.country());
    Optional<String> service = config.places().service(request.service());
    if (country.isEmpty() || service.isEmpty()) {
      return Future.succeededFuture(
          new Answer.Unserved<>(
              Shortage.NOT_OFFERED,
              null,
              NotSent.evidence(
                  "not_configured",
                  "the configuration names no such "
                      + (country.isEmpty() ? "country" : "service"))));
    }
    if (request.maxPrice() != null && !request.maxPrice().currency().equals(config.currency())) {
      return Future.succeededFuture(
          new Answer.Unserved<>(
              Shortage.PRICE_LIMIT,
              null,
              NotSent.evidence("other_currency", "the limit is in another currency")));
    }
    FormBody wish =
        calls
            .action(config.rentAction())
            .with("service", service.get())
            .with("country", country.get());
    return call(
        calls.of(withTerms(wish, request), request.timeout()), request.traceparent(), this::rented);
  }

  private FormBody withTerms(FormBody wish, RentRequest request) {
    FormBody with = wish;
    if (request.maxPrice() != null) {
      with =
          with.with("maxPrice", request.maxPrice().amount().stripTrailingZeros().toPlainString());
      // Without a limit there is nothing to bid up to.
      with = config.freePrice() && request.freePrice() ? with.with("freePrice", "true") : with;
    }
    return config.sendsOrderId() ? with.with("orderId", request.attemptId()) : with;
  }

  private Answer<Rental> rented(Answered answer) {
    return activation
        .rented(answer, now())
        .<Answer<Rental>>map(rental -> new Answer.Done<>(rental, answer.evidence(null, null)))
        .orElseGet(() -> SmsActivateErrors.of(answer, Effect.RENTS, config.currency(), now()));
  }

  @Override
  public Future<Answer<List<Rental>>> findRentals(RentalSearch wanted) {
    return call(
        calls.of(calls.action("getActiveActivations"), wanted.timeout()),
        answer -> search.found(answer, wanted, now()));
  }

  @Override
  public Future<Answer<Optional<RentalStatus>>> rentalStatus(String rentalId, Duration timeout) {
    return Values.isId(rentalId)
        ? call(calls.of(calls.action("getStatus").with("id", rentalId), timeout), this::status)
        : Future.succeededFuture(new Answer.Done<>(Optional.empty(), notAnId()));
  }

  private Answer<Optional<RentalStatus>> status(Answered answer) {
    Said said = Said.of(answer);
    Optional<RentalStatus> status = Status.read(said);
    return status.isPresent() || SmsActivateErrors.NO_SUCH_RENTAL.contains(said.word())
        ? new Answer.Done<>(status, answer.evidence(null, null))
        : SmsActivateErrors.of(answer, Effect.READS, config.currency(), now());
  }

  @Override
  public Future<Answer<RentalStatus>> changeRental(
      String rentalId, RentalChange change, Duration timeout) {
    if (!Values.isId(rentalId)) {
      return Future.succeededFuture(
          new Answer.Failed<>(new Outcome.Rejected(ReasonClass.NONE, notAnId())));
    }
    Instant deadline = now().plus(timeout);
    FormBody wish =
        calls
            .action("setStatus")
            .with("id", rentalId)
            .with(
                "status",
                switch (change) {
                  case CANCEL -> config.cancelStatus();
                  case FINISH -> "6";
                  case RETRY -> "3";
                });
    return this.<RentalStatus>call(calls.of(wish, timeout), answer -> changed(answer, change))
        .compose(answer -> unlessMadeBefore(answer, rentalId, change, deadline));
  }

  private Answer<RentalStatus> changed(Answered answer, RentalChange change) {
    return Status.changed(Said.of(answer), change)
        .<Answer<RentalStatus>>map(status -> new Answer.Done<>(status, answer.evidence(null, null)))
        .orElseGet(() -> SmsActivateErrors.of(answer, Effect.CHANGES, config.currency(), now()));
  }

  /**
   * A change that its state does not allow may have been made before: the state is read. Some
   * services know a number no more for changes once it is given back.
   */
  private Future<Answer<RentalStatus>> unlessMadeBefore(
      Answer<RentalStatus> answer, String rentalId, RentalChange change, Instant deadline) {
    Duration left = Duration.between(now(), deadline);
    String code = answer.evidence().code();
    boolean mayBe =
        answer instanceof Answer.Failed
            && code != null
            && (SmsActivateErrors.WRONG_STATE.contains(code)
                || SmsActivateErrors.NO_SUCH_RENTAL.contains(code))
            && left.compareTo(Duration.ZERO) > 0;
    if (!mayBe) {
      return Future.succeededFuture(answer);
    }
    return rentalStatus(rentalId, left)
        .map(
            read ->
                read instanceof Answer.Done<Optional<RentalStatus>> done
                    ? done.value()
                        .flatMap(status -> Status.madeBefore(status, change))
                        .<Answer<RentalStatus>>map(
                            status -> new Answer.Done<>(status, done.evidence()))
                        .orElse(answer)
                    : answer);
  }

  @Override
  public Future<Answer<List<NumberOffer>>> offers(OfferWish wish) {
    return offers.ask(wish);
  }

  @Override
  public Future<WebhookResult> receive(WebhookRequest request) {
    return Future.succeededFuture(webhooks.receive(request));
  }

  /** Asks for the balance, which needs a good key. */
  @Override
  public Future<CheckResult> check() {
    return check(
        calls.of(calls.action("getBalance"), checkTimeout()),
        answer ->
            Said.of(answer).is("ACCESS_BALANCE")
                ? CheckResult.healthy("the service takes the key")
                : CheckResult.unhealthy(
                    "getBalance was answered with " + SmsActivateErrors.reason(answer)));
  }

  private static Evidence notAnId() {
    return NotSent.evidence("rental_id", "no rental of the service has such an id");
  }
}
