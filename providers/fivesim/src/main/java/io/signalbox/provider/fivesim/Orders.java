package io.signalbox.provider.fivesim;

import io.signalbox.spi.Outcome;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.operation.Answer;
import io.signalbox.spi.operation.Price;
import io.signalbox.spi.operation.RentRequest;
import io.signalbox.spi.operation.Rental;
import io.signalbox.spi.operation.RentalChange;
import io.signalbox.spi.operation.RentalState;
import io.signalbox.spi.operation.RentalStatus;
import io.signalbox.spi.operation.Shortage;
import io.signalbox.toolkit.HttpAnswer.Answered;
import io.signalbox.toolkit.HttpCall;
import io.signalbox.toolkit.JsonBody;
import io.signalbox.toolkit.NotSent;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** Buys an order, reads it, and ends it. */
final class Orders {
  private static final Pattern ORDER_ID = Pattern.compile("[0-9]{1,18}");

  private final FiveSimConfig config;
  private final FiveSimCalls calls;

  Orders(FiveSimConfig config, FiveSimCalls calls) {
    this.config = config;
    this.calls = calls;
  }

  Future<Answer<Rental>> buy(RentRequest request) {
    Optional<String> country = config.names().country(request.country());
    Optional<String> product = config.names().service(request.service());
    if (country.isEmpty() || product.isEmpty()) {
      String missing = country.isEmpty() ? "country" : "service";
      return Future.succeededFuture(
          new Answer.Unserved<>(
              Shortage.NOT_OFFERED,
              null,
              NotSent.evidence("unnamed_" + missing, "no name of 5sim is known for it")));
    }
    Price limit = request.maxPrice();
    if (limit != null && !limit.currency().equals(config.currency())) {
      return Future.succeededFuture(
          new Answer.Unserved<>(
              Shortage.PRICE_LIMIT,
              null,
              NotSent.evidence("other_currency", "the limit is in another currency")));
    }
    String path = "/buy/activation/" + country.get() + "/" + config.operator() + "/";
    String query = limit == null ? "" : "?maxPrice=" + limit.amount().toPlainString();
    HttpCall call = calls.user(path + product.get() + query, request.timeout());
    String traceparent = request.traceparent();
    return calls.ask(
        traceparent == null ? call : call.withHeader("traceparent", traceparent),
        answer ->
            order(answer)
                .<Answer<Rental>>map(order -> done(order.rental(), answer))
                .orElseGet(() -> FiveSimErrors.ofPurchase(answer, calls.time())));
  }

  Future<Answer<Optional<RentalStatus>>> status(String id, Duration timeout) {
    if (!ORDER_ID.matcher(id).matches()) {
      return Future.succeededFuture(
          new Answer.Done<>(Optional.empty(), NotSent.evidence("no_order_id", "no id of 5sim")));
    }
    return calls.ask(
        calls.user("/check/" + id, timeout),
        answer -> {
          Optional<FiveSimOrder> order = order(answer, id);
          return order.isPresent() || FiveSimErrors.isOrderNotFound(answer)
              ? done(order.map(FiveSimOrder::status), answer)
              : FiveSimErrors.ofRead(answer, calls.time());
        });
  }

  Future<Answer<RentalStatus>> change(String id, RentalChange change, Duration timeout) {
    if (!ORDER_ID.matcher(id).matches()) {
      return Future.succeededFuture(refused("no_order_id", "no id of 5sim"));
    }
    Instant deadline = calls.deadline(timeout);
    return switch (change) {
      case CANCEL -> end("/cancel/", id, RentalState.CANCELLED, deadline);
      case FINISH -> end("/finish/", id, RentalState.FINISHED, deadline);
      case RETRY -> waitForMore(id, timeout);
    };
  }

  private Future<Answer<RentalStatus>> end(
      String path, String id, RentalState wanted, Instant deadline) {
    return calls
        .<RentalStatus>ask(
            calls.user(path + id, calls.left(deadline)),
            answer ->
                order(answer, id)
                    .<Answer<RentalStatus>>map(order -> done(order.status(), answer))
                    .orElseGet(() -> notChanged(answer)))
        .compose(
            answer ->
                answer instanceof Answer.Failed<RentalStatus> failed
                        && failed.outcome() instanceof Outcome.Rejected
                    ? endedBefore(id, wanted, answer, calls.left(deadline))
                    : Future.succeededFuture(answer));
  }

  /** 5sim refuses to end what is over; whether it ended as wished, the order itself says. */
  private Future<Answer<RentalStatus>> endedBefore(
      String id, RentalState wanted, Answer<RentalStatus> refused, Duration timeout) {
    return status(id, timeout)
        .map(
            answer ->
                found(answer)
                    .filter(status -> isAs(wanted, status.state()))
                    .<Answer<RentalStatus>>map(
                        status -> new Answer.Done<>(status, answer.evidence()))
                    .orElse(refused));
  }

  /** Whoever gave a number back, it is given back. */
  private static boolean isAs(RentalState wanted, RentalState state) {
    return state == wanted
        || (wanted == RentalState.CANCELLED
            && (state == RentalState.EXPIRED || state == RentalState.BANNED));
  }

  /** 5sim need not be asked for one more code: it comes in by itself while the order lives. */
  private Future<Answer<RentalStatus>> waitForMore(String id, Duration timeout) {
    return status(id, timeout)
        .map(
            answer -> {
              if (answer instanceof Answer.Failed<Optional<RentalStatus>> failed) {
                return new Answer.Failed<>(failed.outcome());
              }
              return found(answer)
                  .filter(status -> status.state().isLive())
                  .<Answer<RentalStatus>>map(status -> new Answer.Done<>(status, answer.evidence()))
                  .orElseGet(() -> refused("order_over", "the order is over"));
            });
  }

  private static Optional<RentalStatus> found(Answer<Optional<RentalStatus>> answer) {
    return answer instanceof Answer.Done<Optional<RentalStatus>> done
        ? done.value()
        : Optional.empty();
  }

  private Optional<FiveSimOrder> order(Answered answer, String id) {
    return order(answer).filter(order -> order.rental().id().equals(id));
  }

  private Optional<FiveSimOrder> order(Answered answer) {
    return answer.successful()
        ? JsonBody.object(answer.body()).flatMap(json -> FiveSimOrder.read(json, config.currency()))
        : Optional.empty();
  }

  private <T> Answer<T> notChanged(Answered answer) {
    return FiveSimErrors.ofChange(answer, calls.time());
  }

  private static <T> Answer<T> done(T value, Answered answer) {
    return new Answer.Done<>(value, answer.evidence(null, null));
  }

  private static <T> Answer<T> refused(String code, String message) {
    return new Answer.Failed<>(
        new Outcome.Rejected(ReasonClass.NONE, NotSent.evidence(code, message)));
  }
}
