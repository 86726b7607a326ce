package io.signalbox.gateway.operation;

import io.signalbox.spi.CheckResult;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.Progress;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.operation.Answer;
import io.signalbox.spi.operation.NumberOffer;
import io.signalbox.spi.operation.NumberProvider;
import io.signalbox.spi.operation.OfferWish;
import io.signalbox.spi.operation.RentRequest;
import io.signalbox.spi.operation.Rental;
import io.signalbox.spi.operation.RentalChange;
import io.signalbox.spi.operation.RentalSearch;
import io.signalbox.spi.operation.RentalState;
import io.signalbox.spi.operation.RentalStatus;
import io.signalbox.spi.operation.Shortage;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A provider that rents at a {@link Market}. */
final class MarketProvider implements NumberProvider {
  private final HttpClient client;
  private final int port;

  MarketProvider(HttpClient client, int port) {
    this.client = client;
    this.port = port;
  }

  @Override
  public Future<Answer<Rental>> rent(RentRequest request) {
    return call(
        "/rent?ref=" + request.attemptId(),
        request.timeout(),
        true,
        body -> rental(body.toJsonObject()));
  }

  @Override
  public Future<Answer<List<Rental>>> findRentals(RentalSearch search) {
    return call(
        "/find?ref=" + search.attemptId(),
        search.timeout(),
        false,
        body -> body.toJsonArray().stream().map(one -> rental((JsonObject) one)).toList());
  }

  @Override
  public Future<Answer<RentalStatus>> changeRental(
      String rentalId, RentalChange change, Duration timeout) {
    return call(
        "/cancel?id=" + rentalId,
        timeout,
        false,
        body -> new RentalStatus(RentalState.CANCELLED, List.of()));
  }

  @Override
  public Future<Answer<Optional<RentalStatus>>> rentalStatus(String rentalId, Duration timeout) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<Answer<List<NumberOffer>>> offers(OfferWish wish) {
    throw new UnsupportedOperationException();
  }

  private static Rental rental(JsonObject json) {
    return new Rental(json.getString("id"), json.getString("number"), null, null, null);
  }

  private <T> Future<Answer<T>> call(
      String uri, Duration timeout, boolean changes, Function<Buffer, T> reader) {
    return client
        .request(HttpMethod.POST, port, "127.0.0.1", uri)
        .compose(
            request ->
                request
                    .send()
                    .compose(
                        response ->
                            response.body().map(body -> read(response.statusCode(), body, reader))))
        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .otherwise(
            failure -> {
              Evidence evidence =
                  Evidence.unanswered(Progress.BODY_WRITTEN, "cut", failure.getMessage());
              return new Answer.Failed<>(
                  changes ? new Outcome.Unknown(evidence) : new Outcome.Transient(evidence));
            });
  }

  private static <T> Answer<T> read(int status, Buffer body, Function<Buffer, T> reader) {
    Evidence evidence = Evidence.answered(status, null, null);
    return switch (status) {
      case 200 -> new Answer.Done<>(reader.apply(body), evidence);
      case 409 -> new Answer.Unserved<>(Shortage.NO_STOCK, null, evidence);
      case 400 -> new Answer.Failed<>(new Outcome.Rejected(ReasonClass.NONE, evidence));
      default -> new Answer.Failed<>(new Outcome.Transient(evidence));
    };
  }

  @Override
  public Future<CheckResult> check() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }
}
