package io.signalbox.gateway.intake;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.ledger.AcceptLedger;
import io.signalbox.gateway.ledger.AcceptResult;
import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.signalbox.gateway.ledger.RepeatedRequest;
import io.signalbox.gateway.metrics.GatewayMeters;
import io.signalbox.spi.intake.Accepted;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Answers requests that cannot be accepted now as the first of the same idempotency key was
 * answered: what has changed since, such as a template or a quota, takes nothing back. Only what is
 * refused is looked up here. Thread-safe.
 */
final class Repeats {
  private final AcceptLedger ledger;
  private final GatewayMeters meters;

  Repeats(AcceptLedger ledger, GatewayMeters meters) {
    this.ledger = ledger;
    this.meters = meters;
  }

  /** As {@link IntakeService#earlier}. */
  Future<List<Optional<IntakeResult>>> earlier(List<RepeatedRequest> requests) {
    return ledger
        .earlier(requests)
        .map(found -> found.stream().map(each -> each.map(this::told)).toList())
        .recover(
            failure ->
                Future.failedFuture(
                    failure instanceof LedgerUnavailableException
                        ? new GatewayException(
                            503, "idempotency keys cannot be looked up now; try again soon")
                        : failure));
  }

  /** What is told of items that are over a quota: what was accepted before costs nothing more. */
  Future<List<IntakeResult>> overQuota(List<IntakeItem> items) {
    List<IntakeResult> results = Collections.nCopies(items.size(), new IntakeResult.OverQuota());
    return lookedUp(items, results).otherwise(results).map(this::counted);
  }

  /**
   * What becomes of items of which some are over a quota.
   *
   * @param items as many as results
   * @param accept tries some of them again; fails with a {@link GatewayException} if none was
   *     stored
   * @return fails so too
   */
  Future<List<IntakeResult>> beyond(
      List<IntakeItem> items,
      List<IntakeResult> results,
      Function<List<IntakeItem>, Future<List<IntakeResult>>> accept) {
    // What was stored before cost nothing in the end: there is room for others.
    boolean room = results.stream().anyMatch(Repeats::isRepeated);
    Future<List<IntakeResult>> lookedUp = lookedUp(items, results);
    // What was stored beside them stays stored.
    return lookedUp
        .otherwise(results)
        .compose(
            all -> {
              // Where it is not known what was stored before, that would be tried over and over.
              if (room && lookedUp.succeeded()) {
                return again(items, all, accept);
              }
              counted(all);
              return all.stream().anyMatch(Repeats::isKnown)
                  ? Future.succeededFuture(all)
                  : new IntakeResult.OverQuota().alone().mapEmpty();
            });
  }

  private Future<List<IntakeResult>> lookedUp(List<IntakeItem> items, List<IntakeResult> results) {
    List<Integer> places = new ArrayList<>();
    List<RepeatedRequest> requests = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      RepeatedRequest request = items.get(i).repeated();
      if (request != null && results.get(i) instanceof IntakeResult.OverQuota) {
        places.add(i);
        requests.add(request);
      }
    }
    return requests.isEmpty()
        ? Future.succeededFuture(results)
        : earlier(requests).map(found -> exchanged(results, places, found));
  }

  private static Future<List<IntakeResult>> again(
      List<IntakeItem> items,
      List<IntakeResult> results,
      Function<List<IntakeItem>, Future<List<IntakeResult>>> accept) {
    List<Integer> places =
        IntStream.range(0, items.size())
            .filter(place -> results.get(place) instanceof IntakeResult.OverQuota)
            .boxed()
            .toList();
    return accept
        .apply(places.stream().map(items::get).toList())
        // What was stored beside them stays stored.
        .otherwise(failure -> Collections.nCopies(places.size(), refused(failure)))
        .map(
            more ->
                exchanged(
                    results,
                    places,
                    more.stream().<Optional<IntakeResult>>map(Optional::of).toList()));
  }

  /** What is told of items of which none was stored at the second try. */
  private static IntakeResult refused(Throwable failure) {
    return failure instanceof GatewayException why && why.status() == 503
        ? new IntakeResult.Shed(String.valueOf(why.getMessage()))
        : new IntakeResult.OverQuota();
  }

  private static boolean isRepeated(IntakeResult result) {
    return result instanceof IntakeResult.KeyReused
        || (result instanceof IntakeResult.Stored stored && stored.accepted().duplicate());
  }

  private static boolean isKnown(IntakeResult result) {
    return result instanceof IntakeResult.Stored || result instanceof IntakeResult.KeyReused;
  }

  private List<IntakeResult> counted(List<IntakeResult> results) {
    for (IntakeResult result : results) {
      if (result instanceof IntakeResult.OverQuota) {
        meters.intake().refused("quota");
      }
    }
    return results;
  }

  private static List<IntakeResult> exchanged(
      List<IntakeResult> results, List<Integer> places, List<Optional<IntakeResult>> found) {
    List<IntakeResult> all = new ArrayList<>(results);
    for (int i = 0; i < places.size(); i++) {
      int place = places.get(i);
      found.get(i).ifPresent(earlier -> all.set(place, earlier));
    }
    return all;
  }

  /** What is told of a request whose key was used before. */
  IntakeResult told(AcceptResult earlier) {
    if (earlier instanceof AcceptResult.Duplicate duplicate) {
      meters.intake().refused("repeated");
      return new IntakeResult.Stored(
          new Accepted(duplicate.id().toString(), duplicate.state().wireName(), true));
    }
    meters.intake().refused("key_reused");
    return new IntakeResult.KeyReused();
  }
}
