package io.signalbox.provider.fivesim;

import io.signalbox.spi.Outcome;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.operation.Answer;
import io.signalbox.spi.operation.Rental;
import io.signalbox.spi.operation.RentalSearch;
import io.signalbox.toolkit.HttpAnswer.Answered;
import io.signalbox.toolkit.JsonBody;
import io.signalbox.toolkit.NotSent;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Looks for orders whose answer was lost, in the account's list. */
final class Searches {
  private final FiveSimConfig config;
  private final FiveSimCalls calls;

  Searches(FiveSimConfig config, FiveSimCalls calls) {
    this.config = config;
    this.calls = calls;
  }

  /** An order carries nothing of ours, so that it is known by what was bought and when. */
  Future<Answer<List<Rental>>> find(RentalSearch search) {
    Optional<String> country = config.names().country(search.country());
    Optional<String> product = config.names().service(search.service());
    if (country.isEmpty() || product.isEmpty()) {
      // What has no name here cannot have been bought.
      return Future.succeededFuture(
          new Answer.Done<>(List.of(), NotSent.evidence("unnamed", "nothing to look for")));
    }
    return page(
        new OrderSearch(search, country.get(), product.get(), config.currency()),
        calls.deadline(search.timeout()));
  }

  private Future<Answer<List<Rental>>> page(OrderSearch search, Instant deadline) {
    String path =
        "/orders?category=activation&limit="
            + OrderSearch.PAGE
            + "&offset="
            + search.offset()
            + "&reverse=true";
    return calls
        .ask(calls.user(path, calls.left(deadline)), this::read)
        .compose(
            answer ->
                answer instanceof Answer.Done<JsonObject> page
                    ? after(search.read(page.value()), search, page, deadline)
                    : Future.succeededFuture(
                        new Answer.Failed<>(((Answer.Failed<JsonObject>) answer).outcome())));
  }

  private Answer<JsonObject> read(Answered answer) {
    JsonObject page = answer.successful() ? JsonBody.object(answer.body()).orElse(null) : null;
    return page == null
        ? FiveSimErrors.ofRead(answer, calls.time())
        : new Answer.Done<>(page, answer.evidence(null, null));
  }

  private Future<Answer<List<Rental>>> after(
      OrderSearch.Next next, OrderSearch search, Answer<JsonObject> page, Instant deadline) {
    return switch (next) {
      case MORE -> page(search, deadline);
      case DONE -> Future.succeededFuture(new Answer.Done<>(search.found(), page.evidence()));
      case UNREADABLE ->
          failed(
              new Outcome.Unknown(
                  NotSent.evidence("unreadable_answer", "the list of orders cannot be read")));
      case TOO_MANY ->
          failed(
              new Outcome.Rejected(
                  ReasonClass.NONE,
                  NotSent.evidence("too_many_orders", "more orders than are looked through")));
    };
  }

  private static Future<Answer<List<Rental>>> failed(Outcome outcome) {
    return Future.succeededFuture(new Answer.Failed<>(outcome));
  }
}
