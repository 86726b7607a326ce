package io.signalbox.gateway.api;

import io.signalbox.gateway.audit.ActDesk;
import io.signalbox.gateway.audit.Asked;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.config.ValueTypes;
import io.signalbox.gateway.security.Access;
import io.signalbox.gateway.security.Caller;
import io.signalbox.gateway.trail.LogLevels;
import io.signalbox.gateway.trail.LogLevels.LogLevel;
import io.signalbox.gateway.trail.LogLevels.Result;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/loggers}: what the log of this process tells, changed while it runs. */
final class LoggerRoutes {
  private static final String PATH = "/api/v1/loggers";
  private static final String ONE = PATH + "/:name";
  private static final int MAX_BODY_BYTES = 1 << 10;

  private final LogLevels levels;
  private final ActDesk acts;
  private final Clock clock;

  LoggerRoutes(ApiServices services) {
    this.levels = services.logLevels();
    this.acts = services.acts();
    this.clock = services.clock();
  }

  void mount(Router router, Gate gate) {
    router.get(PATH).handler(gate.allow(Access.LOGGERS_READ, this::list));
    router.put(ONE).handler(gate.allow(Access.LOGGERS_CHANGE, this::set));
    router.delete(ONE).handler(gate.allow(Access.LOGGERS_CHANGE, this::reset));
  }

  private void list(RoutingContext ctx, Caller caller) {
    JsonArray all = new JsonArray();
    levels.all().forEach(each -> all.add(json(each)));
    Answers.json(ctx, 200, new JsonObject().put("loggers", all));
  }

  private void set(RoutingContext ctx, Caller caller) {
    String name = Answers.pathParam(ctx, "name");
    JsonBody.read(ctx, MAX_BODY_BYTES)
        .compose(
            body -> {
              String level = body.getString("level");
              Duration lasting = lasting(body.getString("for"));
              return carryOut(
                  ctx, caller, "logger.set", name, body, () -> levels.set(name, level, lasting));
            })
        .onComplete(done -> Answers.json(ctx, 200, done), failure -> Problem.send(ctx, failure));
  }

  private void reset(RoutingContext ctx, Caller caller) {
    String name = Answers.pathParam(ctx, "name");
    carryOut(ctx, caller, "logger.reset", name, null, () -> levels.reset(name))
        .onComplete(done -> Answers.json(ctx, 200, done), failure -> Problem.send(ctx, failure));
  }

  private Future<JsonObject> carryOut(
      RoutingContext ctx,
      Caller caller,
      String action,
      String name,
      @Nullable JsonObject wish,
      Supplier<Result> change) {
    LogLevel before = levels.find(name);
    Asked asked =
        new Asked(
            Origin.act(ctx, caller, clock, action),
            name,
            before == null ? null : json(before).encode(),
            wish == null ? null : wish.encode(),
            false);
    return acts.carryOut(
        asked,
        () -> {
          Result result = change.get();
          LogLevel now = levels.find(name);
          return result == Result.DONE && now != null
              ? Future.succeededFuture(json(now))
              : Future.failedFuture(refusal(result));
        },
        JsonObject::encode);
  }

  private static GatewayException refusal(Result result) {
    return switch (result) {
      case HELD_DOWN ->
          new GatewayException(
              409, "this logger would tell what must not stand in a log, and is held down");
      case TOO_MANY -> new GatewayException(409, "too many levels are changed; put one back first");
      default -> new GatewayException(404, "nothing that logs here is called so");
    };
  }

  private static @Nullable Duration lasting(@Nullable String text) {
    return text == null
        ? null
        : ValueTypes.duration("1s", "7d")
            .parse(text)
            .orElseThrow(() -> new GatewayException(422, "/for must be a duration from 1s to 7d"));
  }

  private static JsonObject json(LogLevel level) {
    JsonObject json =
        new JsonObject()
            .put("name", level.name())
            .put("level", level.level())
            .put("changed", level.changed());
    if (level.usual() != null) {
      json.put("usual_level", level.usual());
    }
    if (level.untilMillis() > 0) {
      json.put("until", TimelineJson.time(level.untilMillis()));
    }
    return json;
  }
}
