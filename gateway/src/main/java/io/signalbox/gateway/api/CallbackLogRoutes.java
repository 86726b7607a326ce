package io.signalbox.gateway.api;

import io.signalbox.gateway.audit.ActDesk;
import io.signalbox.gateway.audit.Asked;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.callback.CallbackEndpoints;
import io.signalbox.gateway.ledger.DeliveryState;
import io.signalbox.gateway.ledger.Redelivery;
import io.signalbox.gateway.security.Access;
import io.signalbox.gateway.security.Caller;
import io.signalbox.gateway.text.NearestName;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an endpoint was sent: the log, a test, and sending once more. */
final class CallbackLogRoutes {
  private static final int PAGE = 100;
  private static final int LARGEST_PAGE = 1_000;
  private static final int MOST_IDS = 1_000;
  private static final int LARGEST_REDELIVERY = 10_000;
  private static final Set<String> FILTERS = Set.of("state", "after", "limit");
  private static final Set<String> OF_REDELIVERY =
      Set.of("event_ids", "from", "to", "state", "limit");

  private final CallbackEndpoints callbacks;
  private final ActDesk acts;
  private final Clock clock;

  CallbackLogRoutes(ApiServices services) {
    this.callbacks = services.callbacks();
    this.acts = services.acts();
    this.clock = services.clock();
  }

  void mount(Router router, Gate gate) {
    String one = CallbackRoutes.ONE;
    router.get(one + "/deliveries").handler(gate.allow(Access.CALLBACKS_READ, this::deliveries));
    router.post(one + "/redeliver").handler(gate.allow(Access.CALLBACKS_CHANGE, this::redeliver));
    router.post(one + "/test").handler(gate.allow(Access.CALLBACKS_CHANGE, this::test));
  }

  private void deliveries(RoutingContext ctx, Caller caller) {
    MultiMap query = ctx.queryParams();
    knownOnly(query.names(), FILTERS);
    String limitText = query.get("limit");
    int limit = limitText == null ? PAGE : DeadLetterQuery.limit(limitText, LARGEST_PAGE);
    callbacks
        .deliveries(
            caller.tenant(),
            CallbackRoutes.id(ctx),
            state(query.get("state")),
            PageQuery.after(query.get("after")),
            limit)
        .onComplete(
            page -> Answers.json(ctx, 200, CallbackJson.page(page, limit)),
            failure -> Problem.send(ctx, failure));
  }

  private void redeliver(RoutingContext ctx, Caller caller) {
    JsonBody.read(ctx, CallbackRoutes.MAX_BODY_BYTES)
        .compose(
            json -> {
              Redelivery which = wanted(json);
              return acts.carryOut(
                  Asked.of(
                      Origin.act(ctx, caller, clock, "callback.redeliver"),
                      CallbackRoutes.id(ctx),
                      json.encode()),
                  () -> redeliver(caller, CallbackRoutes.id(ctx), which),
                  JsonObject::encode);
            })
        .onComplete(json -> Answers.json(ctx, 200, json), failure -> Problem.send(ctx, failure));
  }

  private Future<JsonObject> redeliver(Caller caller, String id, Redelivery which) {
    return callbacks
        .redeliver(caller.tenant(), id, which)
        .map(
            count ->
                new JsonObject()
                    .put("redelivered", count)
                    .put(
                        "more", which instanceof Redelivery.Range range && count >= range.limit()));
  }

  private Redelivery wanted(JsonObject json) {
    knownOnly(json.fieldNames(), OF_REDELIVERY);
    Object ids = json.getValue("event_ids");
    if (ids == null) {
      return range(json);
    }
    if (json.size() > 1) {
      throw new GatewayException(422, "event_ids stands alone, without a range");
    }
    return new Redelivery.Ids(ids(ids));
  }

  private static List<String> ids(Object given) {
    List<String> ids = new ArrayList<>();
    if (given instanceof JsonArray list && !list.isEmpty() && list.size() <= MOST_IDS) {
      for (Object each : list) {
        if (each instanceof String id) {
          ids.add(id);
        }
      }
      if (ids.size() == list.size()) {
        return ids;
      }
    }
    throw new GatewayException(422, "event_ids must be a list of 1 to " + MOST_IDS + " texts");
  }

  private Redelivery.Range range(JsonObject json) {
    String from = text(json, "from");
    if (from == null) {
      throw new GatewayException(422, "name event_ids, or a range that begins with from");
    }
    String to = text(json, "to");
    String state = text(json, "state");
    if (state != null && !state.equals("failed") && !state.equals("all")) {
      throw new GatewayException(422, "state must be failed or all");
    }
    String limit = text(json, "limit");
    return new Redelivery.Range(
        DeadLetterQuery.millis("from", from),
        to == null ? clock.millis() + 1 : DeadLetterQuery.millis("to", to),
        !"all".equals(state),
        limit == null ? LARGEST_REDELIVERY : DeadLetterQuery.limit(limit, LARGEST_REDELIVERY));
  }

  private void test(RoutingContext ctx, Caller caller) {
    callbacks
        .by(Origin.act(ctx, caller, clock, "callback.test"))
        .test(caller.tenant(), CallbackRoutes.id(ctx))
        .onComplete(
            event -> Answers.json(ctx, 202, new JsonObject().put("event_id", event)),
            failure -> Problem.send(ctx, failure));
  }

  private static void knownOnly(Collection<String> given, Set<String> known) {
    for (String name : given) {
      if (!known.contains(name)) {
        throw new GatewayException(
            422, name + " is not a known filter" + NearestName.hint(name, known));
      }
    }
  }

  private static @Nullable DeliveryState state(@Nullable String name) {
    return name == null
        ? null
        : DeliveryState.find(name)
            .orElseThrow(
                () ->
                    new GatewayException(
                        422, "state must be pending, delivered, failed or skipped"));
  }

  private static @Nullable String text(JsonObject json, String name) {
    Object value = json.getValue(name);
    return value == null ? null : value.toString();
  }
}
