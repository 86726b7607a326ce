package io.signalbox.gateway.api;

import io.signalbox.gateway.audit.ActDesk;
import io.signalbox.gateway.audit.Asked;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.drill.DrillOrder;
import io.signalbox.gateway.drill.Drills;
import io.signalbox.gateway.ledger.Drill;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.security.Access;
import io.signalbox.gateway.security.Caller;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;

/** {@code /api/v1/drills}: failures on purpose, and their reports. */
final class DrillRoutes {
  private static final String PATH = "/api/v1/drills";
  private static final int MAX_BODY_BYTES = 16 << 10;
  private static final int PAGE = 100;
  private static final int LARGEST_PAGE = 1_000;

  private final Drills drills;
  private final ActDesk acts;
  private final Clock clock;

  DrillRoutes(ApiServices services) {
    this.drills = services.drills();
    this.acts = services.acts();
    this.clock = services.clock();
  }

  void mount(Router router, Gate gate) {
    router.post(PATH).handler(gate.allow(Access.DRILLS_CHANGE, this::begin));
    router.get(PATH).handler(gate.allow(Access.DRILLS_READ, this::list));
    router.get(PATH + "/:id").handler(gate.allow(Access.DRILLS_READ, this::show));
    router.post(PATH + "/:id/abort").handler(gate.allow(Access.DRILLS_CHANGE, this::abort));
  }

  private void begin(RoutingContext ctx, Caller caller) {
    JsonBody.read(ctx, MAX_BODY_BYTES)
        .compose(
            body -> {
              DrillOrder order = DrillBody.read(body);
              return acts.carryOut(
                  Asked.of(
                      Origin.act(ctx, caller, clock, "drill.begin"), order.provider(), wish(order)),
                  () -> drills.begin(caller.tenant(), caller.actor(), order),
                  drill -> json(drill).encode());
            })
        .onComplete(
            drill -> {
              ctx.response().putHeader(HttpHeaders.LOCATION, PATH + "/" + drill.id());
              Answers.json(ctx, 202, json(drill));
            },
            failure -> Problem.send(ctx, failure));
  }

  private void list(RoutingContext ctx, Caller caller) {
    drills
        .list(caller.tenant(), limit(ctx))
        .onComplete(
            found -> {
              JsonArray list = new JsonArray();
              found.forEach(drill -> list.add(json(drill)));
              Answers.json(ctx, 200, new JsonObject().put("drills", list));
            },
            failure -> Problem.send(ctx, failure));
  }

  private static int limit(RoutingContext ctx) {
    String text = ctx.request().getParam("limit");
    if (text == null) {
      return PAGE;
    }
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= LARGEST_PAGE) {
        return limit;
      }
    } catch (NumberFormatException notANumber) {
      // Told below, as a number out of range is.
    }
    throw new GatewayException(422, "limit must be 1 to " + LARGEST_PAGE);
  }

  private void show(RoutingContext ctx, Caller caller) {
    id(ctx)
        .compose(id -> drills.find(caller.tenant(), id))
        .onComplete(
            drill -> Answers.json(ctx, 200, json(drill)), failure -> Problem.send(ctx, failure));
  }

  private void abort(RoutingContext ctx, Caller caller) {
    id(ctx)
        .compose(
            id ->
                acts.carryOut(
                    new Asked(
                        Origin.act(ctx, caller, clock, "drill.abort"),
                        id.toString(),
                        null,
                        null,
                        true),
                    () -> drills.abort(caller.tenant(), id, caller.actor()),
                    drill -> new JsonObject().put("state", drill.state().wireName()).encode()))
        .onComplete(
            drill -> Answers.json(ctx, 200, json(drill)), failure -> Problem.send(ctx, failure));
  }

  private static String wish(DrillOrder order) {
    return new JsonObject()
        .put("kind", order.kind().wireName())
        .put("mode", order.mode())
        .put("parameters", order.parameters())
        .encode();
  }

  private static Future<NotificationId> id(RoutingContext ctx) {
    return NotificationId.parse(Answers.pathParam(ctx, "id"))
        .map(Future::succeededFuture)
        .orElseGet(
            () -> Future.failedFuture(new GatewayException(404, "there is no drill of that id")));
  }

  private static JsonObject json(Drill drill) {
    JsonObject json =
        new JsonObject()
            .put("id", drill.id().toString())
            .put("kind", drill.kind().wireName())
            .put("provider", drill.provider());
    if (drill.mode() != null) {
      json.put("mode", drill.mode());
    }
    json.put("parameters", drill.parameters())
        .put("state", drill.state().wireName())
        .put("started_at", TimelineJson.time(drill.startedAtMillis()))
        .put("actor", drill.actor());
    Drill.End end = drill.end();
    if (end != null) {
      json.put("ended_at", TimelineJson.time(end.atMillis())).put("report", end.report());
      if (end.reason() != null) {
        json.put("reason", end.reason());
      }
    }
    return json;
  }
}
