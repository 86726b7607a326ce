package io.signalbox.gateway.api;

import io.signalbox.gateway.audit.Asked;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.ledger.Act;
import io.signalbox.gateway.ledger.DeadLetter;
import io.signalbox.gateway.ledger.DeadLetterFilter;
import io.signalbox.gateway.ledger.DeadLettersMoved;
import io.signalbox.gateway.ledger.LedgerUnavailableException;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.security.Access;
import io.signalbox.gateway.security.Caller;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /api/v1/dead-letters}: what waits for a person; list, replay, discard. */
final class DeadLetterRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(DeadLetterRoutes.class);
  private static final String PATH = "/api/v1/dead-letters";
  private static final int MAX_BODY_BYTES = 64 << 10;
  private static final int PAGE = 100;
  private static final int LARGEST_PAGE = 1000;
  private static final int LARGEST_CHANGE = 100_000;

  private final ApiServices services;

  DeadLetterRoutes(ApiServices services) {
    this.services = services;
  }

  void mount(Router router, Gate gate) {
    router.get(PATH).handler(gate.allow(Access.DEAD_LETTERS_READ, this::list));
    router.post(PATH + "/replay").handler(gate.allow(Access.DEAD_LETTERS_CHANGE, this::replay));
    router.delete(PATH).handler(gate.allow(Access.DEAD_LETTERS_CHANGE, this::discard));
  }

  private void list(RoutingContext ctx, Caller caller) {
    DeadLetterQuery query =
        new DeadLetterQuery(NamedTexts.of(ctx.queryParams()), Set.of("after", "limit"));
    int limit = query.limit(PAGE, LARGEST_PAGE);
    services
        .reports()
        .deadLetters(query.filter(caller.tenant()), query.id("after").orElse(null), limit)
        .map(page -> page(page, limit))
        .onComplete(json -> Answers.json(ctx, 200, json), failure -> Problem.send(ctx, failure));
  }

  private void replay(RoutingContext ctx, Caller caller) {
    JsonBody.read(ctx, MAX_BODY_BYTES)
        .compose(wish -> replay(ctx, wish, caller))
        .onComplete(json -> Answers.json(ctx, 200, json), failure -> Problem.send(ctx, failure));
  }

  private Future<JsonObject> replay(RoutingContext ctx, JsonObject wish, Caller caller) {
    Map<String, String> texts = NamedTexts.of(wish);
    texts.remove("filters");
    if (wish.getValue("filters") instanceof JsonObject filters) {
      texts.putAll(NamedTexts.of(filters));
    } else if (wish.getValue("filters") != null) {
      throw new GatewayException(422, "filters must be an object");
    }
    DeadLetterQuery query = new DeadLetterQuery(texts, Set.of("dry_run", "limit"));
    DeadLetterFilter filter = query.filter(caller.tenant());
    int limit = query.limit(LARGEST_CHANGE, LARGEST_CHANGE);
    if (query.flag("dry_run")) {
      return services
          .reports()
          .countDeadLetters(filter)
          .map(count -> result("replayed", 0, true).put("matching", Math.min(count, limit)));
    }
    return audited(
        Origin.act(ctx, caller, services.clock(), "dead_letter.replay"),
        texts,
        () ->
            change(
                "replayed",
                filter,
                limit,
                counted(services.reports()::replayDeadLetters, NotificationState.QUEUED)));
  }

  /** Which dead letters are meant stands in the line as they were asked for. */
  private Future<JsonObject> audited(
      Act act, Map<String, String> asked, Supplier<Future<JsonObject>> work) {
    JsonObject which = new JsonObject();
    asked.forEach(which::put);
    return services
        .acts()
        .carryOut(Asked.of(act, "dead_letters", which.encode()), work, JsonObject::encode);
  }

  private void discard(RoutingContext ctx, Caller caller) {
    Map<String, String> texts = NamedTexts.of(ctx.queryParams());
    DeadLetterQuery query = new DeadLetterQuery(texts, Set.of("all", "limit"));
    if (!query.isNarrowed() && !query.flag("all")) {
      throw new GatewayException(422, "name a filter, or all=true to discard every dead letter");
    }
    DeadLetterFilter filter = query.filter(caller.tenant());
    int limit = query.limit(LARGEST_CHANGE, LARGEST_CHANGE);
    audited(
            Origin.act(ctx, caller, services.clock(), "dead_letter.discard"),
            texts,
            () ->
                change(
                    "discarded",
                    filter,
                    limit,
                    counted(services.reports()::discardDeadLetters, NotificationState.FAILED)))
        .onComplete(json -> Answers.json(ctx, 200, json), failure -> Problem.send(ctx, failure));
  }

  /** What dies again while the others are still being changed is left alone. */
  private Future<JsonObject> change(
      String what, DeadLetterFilter filter, int limit, DeadLetterChange ledger) {
    DeadLetterFilter now = filter.diedBy(services.clock().millis());
    return repeat(now, limit, 0, ledger)
        .compose(
            changed -> {
              JsonObject result = result(what, changed, false);
              // That they cannot be counted does not undo what was done.
              return services
                  .reports()
                  .countDeadLetters(now)
                  .map(left -> result.put("remaining", left))
                  .onFailure(
                      failure -> LOG.warn("dead letters are not counted: {}", failure.toString()))
                  .otherwise(result);
            });
  }

  /** The ledger changes many in one call, but not any number. */
  private Future<Long> repeat(
      DeadLetterFilter filter, int limit, long done, DeadLetterChange ledger) {
    int left = Math.toIntExact(limit - done);
    return ledger
        .apply(filter, left, services.clock().millis())
        .recover(
            failure ->
                Future.failedFuture(
                    done == 0
                        ? failure
                        : LedgerUnavailableException.partly(
                            done + " dead letters or more were changed", failure)))
        .compose(
            moved -> {
              long count = moved.count();
              return count == 0 || count >= left
                  ? Future.succeededFuture(done + count)
                  : repeat(filter, limit, done + count, ledger);
            });
  }

  /** The same change, whose dead letters count where they stand then. */
  private DeadLetterChange counted(DeadLetterChange change, NotificationState after) {
    return (filter, limit, nowMillis) ->
        change
            .apply(filter, limit, nowMillis)
            .onSuccess(
                moved ->
                    moved
                        .before()
                        .forEach(
                            (before, count) ->
                                services.meters().work().moved(before, after, count)));
  }

  /** A call of the ledger that changes at most so many. */
  @FunctionalInterface
  private interface DeadLetterChange {
    Future<DeadLettersMoved> apply(DeadLetterFilter filter, int limit, long nowMillis);
  }

  private static JsonObject result(String what, long count, boolean dryRun) {
    return new JsonObject().put(what, count).put("dry_run", dryRun);
  }

  private static JsonObject page(List<DeadLetter> letters, int limit) {
    JsonArray list = new JsonArray();
    letters.forEach(letter -> list.add(json(letter)));
    JsonObject page = new JsonObject().put("dead_letters", list);
    if (letters.size() == limit) {
      page.put("next", letters.get(limit - 1).id().toString());
    }
    return page;
  }

  private static JsonObject json(DeadLetter letter) {
    JsonObject json =
        new JsonObject()
            .put("id", letter.id().toString())
            .put("notification_type", letter.type())
            .put("channel", letter.channel().wireName())
            .put("priority", letter.priority().wireName())
            .put("state", letter.state().wireName())
            .put("accepted_at", TimelineJson.time(letter.acceptedAtMillis()))
            .put("died_at", TimelineJson.time(letter.diedAtMillis()))
            .put("attempts", letter.attempts())
            .put("reason", letter.reason());
    if (letter.lastProvider() != null) {
      json.put("last_provider", letter.lastProvider());
    }
    if (letter.lastError() != null) {
      json.put("last_error", letter.lastError());
    }
    return json;
  }
}
