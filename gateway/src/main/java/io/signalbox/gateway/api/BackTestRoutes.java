package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.config.ConfigMistake;
import io.signalbox.gateway.config.ConfigurationException;
import io.signalbox.gateway.notification.FieldProblem;
import io.signalbox.gateway.policy.EffectivePolicy;
import io.signalbox.gateway.policy.PolicyBook;
import io.signalbox.gateway.policy.PolicyDraft;
import io.signalbox.gateway.replay.BackTests;
import io.signalbox.gateway.replay.BackTests.Order;
import io.signalbox.gateway.security.Access;
import io.signalbox.gateway.security.Caller;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.List;

/**
 * {@code /api/v1/policies/back-test}: whether the folder of policies would take a draft, and what
 * the draft would have made of the past. Nothing is changed.
 */
final class BackTestRoutes {
  private static final int MAX_BODY_BYTES = 256 << 10;
  private static final int NOTIFICATIONS = 10_000;
  private static final long DAY_MILLIS = 86_400_000;

  private final PolicyBook book;
  private final BackTests backTests;
  private final Clock clock;

  BackTestRoutes(ApiServices services) {
    this.book = services.policies();
    this.backTests = services.backTests();
    this.clock = services.clock();
  }

  void mount(Router router, Gate gate) {
    router.post("/api/v1/policies/back-test").handler(gate.allow(Access.BACK_TEST, this::backTest));
  }

  private void backTest(RoutingContext ctx, Caller caller) {
    JsonBody.read(ctx, MAX_BODY_BYTES)
        .compose(body -> answer(ctx, caller, body))
        .onComplete(json -> Answers.json(ctx, 200, json), failure -> Problem.send(ctx, failure));
  }

  private Future<JsonObject> answer(RoutingContext ctx, Caller caller, JsonObject body) {
    String policy = body.getString("policy");
    Order order = order(caller, body, policy + "\n" + body.getString("suppose", ""));
    return ctx.vertx()
        .executeBlocking(
            () -> PolicyDraft.of(body.getString("name"), policy, book.current()), false)
        .compose(
            draft -> {
              EffectivePolicy effective = draft.effective();
              return effective == null
                  ? Future.failedFuture(mistakes("/policy", draft.mistakes()))
                  : backTests
                      .run(order)
                      .recover(BackTestRoutes::refused)
                      .map(report -> json(draft.file(), effective, order, report));
            });
  }

  /** What the document says of the fields was checked before. */
  private Order order(Caller caller, JsonObject body, String text) {
    String to = body.getString("to");
    long until = to == null ? clock.millis() : DeadLetterQuery.millis("to", to);
    String since = body.getString("from");
    long from = since == null ? until - DAY_MILLIS : DeadLetterQuery.millis("from", since);
    if (from < 0 || from >= until) {
      throw new GatewayException(422, "from must be before to");
    }
    return new Order(
        caller.operates() ? null : caller.tenant(),
        text,
        from,
        until,
        body.getInteger("limit", NOTIFICATIONS),
        body.getLong("seed", 1L));
  }

  /** The policy was found good before, so what is wrong is in what is supposed besides. */
  private static <T> Future<T> refused(Throwable failure) {
    return Future.failedFuture(
        failure instanceof ConfigurationException mistakes
            ? mistakes("/suppose", mistakes.mistakes())
            : failure);
  }

  private static InvalidBodyException mistakes(String pointer, List<ConfigMistake> mistakes) {
    return new InvalidBodyException(
        "the policy has mistakes",
        mistakes.stream()
            .map(
                mistake ->
                    new FieldProblem(pointer, (mistake.key() + " " + mistake.expected()).strip()))
            .toList());
  }

  private static JsonObject json(
      String file, EffectivePolicy effective, Order order, JsonObject report) {
    return new JsonObject()
        .put("file", file)
        .put("effective", PolicyJson.values(effective))
        .put("from", TimelineJson.time(order.fromMillis()))
        .put("to", TimelineJson.time(order.untilMillis()))
        .put("back_test", report);
  }
}
