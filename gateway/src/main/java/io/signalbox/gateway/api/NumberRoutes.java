package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.operation.NewOperation;
import io.signalbox.gateway.rental.RentWish;
import io.signalbox.gateway.security.Access;
import io.signalbox.gateway.security.Caller;
import io.signalbox.spi.Channel;
import io.signalbox.spi.operation.RentalChange;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;

/** {@code /api/v1/numbers}: renting telephone numbers, and what comes in at them. */
final class NumberRoutes {
  private static final String PATH = "/api/v1/numbers";
  private static final int MAX_BODY_BYTES = 16 << 10;

  private final ApiServices services;

  NumberRoutes(ApiServices services) {
    this.services = services;
  }

  void mount(Router router, Gate gate) {
    router.post(PATH + "/rent").handler(gate.keyed(Access.NUMBERS_CHANGE, this::rent));
    router.get(PATH).handler(gate.allow(Access.NUMBERS_READ, this::list));
    router.get(PATH + "/:id").handler(gate.allow(Access.NUMBERS_READ, this::read));
    for (RentalChange change : RentalChange.values()) {
      router
          .post(PATH + "/:id/" + change.wireName())
          .handler(
              gate.allow(Access.NUMBERS_CHANGE, (ctx, caller) -> this.change(ctx, caller, change)));
    }
  }

  private void rent(RoutingContext ctx, Caller caller) {
    String key = Idempotency.key(ctx);
    JsonBody.read(ctx, MAX_BODY_BYTES)
        .compose(
            body -> {
              RentWish wish = RentBody.read(body, services.numbers().market()::has);
              return OperationIntake.submit(
                  services,
                  ctx,
                  caller,
                  services.numbers().operations(),
                  new NewOperation(
                      caller.tenant(),
                      Channel.NUMBER,
                      wish.service(),
                      wish.country(),
                      wish.toJson(),
                      key.isEmpty() ? null : key,
                      Fingerprint.of(ctx.request(), JsonBody.bytes(ctx)),
                      PreferWait.of(ctx.request()),
                      Duration.ZERO,
                      Correlation.of(ctx)));
            })
        .onComplete(
            submitted -> {
              secret(ctx);
              OperationAnswers.submitted(ctx, submitted, PATH, NumberJson::write);
            },
            failure -> OperationAnswers.refused(ctx, failure));
  }

  private void read(RoutingContext ctx, Caller caller) {
    answer(
        ctx,
        id(ctx)
            .map(id -> services.numbers().desk().read(caller.tenant(), id))
            .orElse(Future.succeededFuture(Optional.empty())));
  }

  private void change(RoutingContext ctx, Caller caller, RentalChange change) {
    answer(
        ctx,
        id(ctx)
            .map(id -> services.numbers().desk().change(caller.tenant(), id, change))
            .orElse(Future.succeededFuture(Optional.empty())));
  }

  private void list(RoutingContext ctx, Caller caller) {
    NumberQuery query = NumberQuery.read(caller.tenant(), NamedTexts.of(ctx.queryParams()));
    services
        .numbers()
        .ledger()
        .page(query.filter(), query.before(), query.limit())
        .onComplete(
            page -> {
              secret(ctx);
              Answers.json(ctx, 200, NumberJson.page(page));
            },
            failure -> Problem.send(ctx, failure));
  }

  private static Optional<NotificationId> id(RoutingContext ctx) {
    return NotificationId.parse(Answers.pathParam(ctx, "id"));
  }

  private static void answer(RoutingContext ctx, Future<Optional<Operation>> operation) {
    operation.onComplete(
        found -> {
          if (found.isEmpty()) {
            Problem.send(ctx, new GatewayException(404, "there is no rent of that id"));
            return;
          }
          secret(ctx);
          JsonObject json = NumberJson.write(found.get());
          Answers.json(ctx, 200, json);
        },
        failure -> Problem.send(ctx, failure));
  }

  /** Numbers and codes are in it: no cache may keep it. */
  private static void secret(RoutingContext ctx) {
    ctx.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
  }
}
