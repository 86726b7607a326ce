package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.ledger.Addressee;
import io.signalbox.gateway.ledger.Erasure;
import io.signalbox.gateway.ledger.ErasureLedger;
import io.signalbox.gateway.notification.ChannelAddress;
import io.signalbox.gateway.notification.FieldProblem;
import io.signalbox.gateway.security.Access;
import io.signalbox.gateway.security.Caller;
import io.signalbox.spi.Channel;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Forgetting recipients: {@code POST /api/v1/recipients/erase} and, for those who must, {@code
 * DELETE /api/v1/recipients/{channel}/{recipient}}, whose path proxies may keep in their logs; and
 * {@code /api/v1/erasures}, what was done.
 */
final class ErasureRoutes {
  private static final String RECIPIENTS = "/api/v1/recipients";
  private static final String ERASURES = "/api/v1/erasures";
  private static final int MAX_BODY_BYTES = 4 * 1024;
  private static final int PAGE = 100;
  private static final Set<String> FIELDS = Set.of("channel", "recipient");

  private final ApiServices services;
  private final ErasureLedger ledger;

  ErasureRoutes(ApiServices services) {
    this.services = services;
    this.ledger = services.erasures();
  }

  void mount(Router router, Gate gate) {
    router
        .post(RECIPIENTS + "/erase")
        .handler(gate.allow(Access.ERASURES_CHANGE, this::erasePosted));
    router
        .delete(RECIPIENTS + "/:channel/:recipient")
        .handler(gate.allow(Access.ERASURES_CHANGE, this::eraseNamed));
    router.get(ERASURES).handler(gate.allow(Access.ERASURES_READ, this::list));
    router.get(ERASURES + "/:id").handler(gate.allow(Access.ERASURES_READ, this::get));
  }

  private void erasePosted(RoutingContext ctx, Caller caller) {
    JsonBody.read(ctx, MAX_BODY_BYTES)
        .onComplete(
            body -> {
              List<FieldProblem> problems = new ArrayList<>();
              for (String name : body.fieldNames()) {
                if (!FIELDS.contains(name)) {
                  problems.add(new FieldProblem("/" + name, "is not a known field"));
                }
              }
              erase(ctx, caller, text(body, "channel"), text(body, "recipient"), problems);
            },
            failure -> Problem.send(ctx, failure));
  }

  private void eraseNamed(RoutingContext ctx, Caller caller) {
    erase(
        ctx,
        caller,
        Answers.pathParam(ctx, "channel"),
        Answers.pathParam(ctx, "recipient"),
        new ArrayList<>());
  }

  private void erase(
      RoutingContext ctx,
      Caller caller,
      String channelName,
      String recipient,
      List<FieldProblem> problems) {
    Channel channel = Channel.find(channelName).filter(Channel::carriesMessages).orElse(null);
    if (channel == null) {
      problems.add(new FieldProblem("/channel", SuppressionQuery.CHANNEL_RULE));
    } else {
      String wrong = ChannelAddress.problem(channel, recipient);
      if (wrong != null) {
        problems.add(new FieldProblem("/recipient", wrong));
      }
    }
    if (!problems.isEmpty()) {
      Problem.send(ctx, 422, "the recipient cannot be erased", problems);
      return;
    }
    ledger
        .order(Addressee.normal(recipient), Origin.of(ctx, caller), services.clock().millis())
        .onComplete(
            erasure -> {
              ctx.response().putHeader(HttpHeaders.LOCATION, ERASURES + "/" + erasure.id());
              Answers.json(ctx, 202, json(erasure));
            },
            failure -> Problem.send(ctx, failure));
  }

  private void list(RoutingContext ctx, Caller caller) {
    ledger
        .erasures(caller.tenant(), Long.MAX_VALUE, PAGE)
        .map(
            found -> {
              JsonArray list = new JsonArray();
              found.forEach(erasure -> list.add(json(erasure)));
              return new JsonObject().put("erasures", list);
            })
        .onComplete(body -> Answers.json(ctx, 200, body), failure -> Problem.send(ctx, failure));
  }

  private void get(RoutingContext ctx, Caller caller) {
    ledger
        .erasure(caller.tenant(), number(Answers.pathParam(ctx, "id")))
        .compose(
            found ->
                found.map(Future::succeededFuture).orElseGet(() -> Future.failedFuture(unknown())))
        .onComplete(
            erasure -> Answers.json(ctx, 200, json(erasure)),
            failure -> Problem.send(ctx, failure));
  }

  private static long number(String id) {
    try {
      return Long.parseLong(id);
    } catch (NumberFormatException e) {
      throw unknown();
    }
  }

  private static GatewayException unknown() {
    return new GatewayException(404, "there is no erasure of that id");
  }

  private static String text(JsonObject json, String name) {
    Object value = json.getValue(name);
    return value instanceof String || value instanceof Integer || value instanceof Long
        ? value.toString()
        : "";
  }

  private static JsonObject json(Erasure erasure) {
    Erasure.Counts counts = erasure.counts();
    JsonObject json =
        new JsonObject()
            .put("id", Long.toString(erasure.id()))
            .put("recipient_hash", erasure.recipientHash())
            .put("status", erasure.endedAtMillis() == null ? "running" : "done")
            .put("created_at", TimelineJson.time(erasure.createdAtMillis()))
            .put("created_by", erasure.createdBy());
    Long endedAt = erasure.endedAtMillis();
    if (endedAt != null) {
      json.put("ended_at", TimelineJson.time(endedAt));
    }
    // Webhooks and receipts of no known notification are nobody's: another tenant's would show.
    return json.put("notifications", counts.notifications())
        .put("cancelled", counts.cancelled())
        .put("waiting", counts.waiting())
        // Of all tenants, and of whomever: it tells of the keys alone.
        .put("unreadable", counts.unreadable())
        .put("events", counts.events())
        .put("answers", counts.answers())
        .put("suppressions", counts.suppressions());
  }
}
