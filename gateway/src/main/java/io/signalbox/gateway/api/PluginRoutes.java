package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.plugins.Change.Done;
import io.signalbox.gateway.plugins.Change.Order;
import io.signalbox.gateway.plugins.Change.Outcome;
import io.signalbox.gateway.plugins.PluginOrders;
import io.signalbox.gateway.plugins.PluginView;
import io.signalbox.gateway.security.Access;
import io.signalbox.gateway.security.Caller;
import io.signalbox.loader.check.JarCheck;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/plugins}: what runs, and, where the configuration opens it, changes of it. */
final class PluginRoutes {
  private static final String PATH = "/api/v1/plugins";
  private static final String ONE = PATH + "/:name";
  private static final int MAX_JSON_BYTES = 4 << 10;
  private static final Duration UPLOAD_TIMEOUT = Duration.ofMinutes(5);

  private final PluginOrders orders;
  private final boolean mayChange;

  PluginRoutes(ApiServices services) {
    this.orders = services.plugins();
    this.mayChange = services.config().plugins().changes().upload();
  }

  void mount(Router router, Gate gate) {
    router.get(PATH).handler(gate.allow(Access.PLUGINS_READ, this::list));
    router.get(ONE).handler(gate.allow(Access.PLUGINS_READ, this::show));
    router.put(ONE).handler(gate.large(Access.PLUGINS_CHANGE, ifOpened(this::upload)));
    router.delete(ONE).handler(gate.allow(Access.PLUGINS_CHANGE, ifOpened(this::remove)));
    router
        .post(ONE + "/rollback")
        .handler(gate.allow(Access.PLUGINS_CHANGE, ifOpened(this::rollback)));
  }

  private BiConsumer<RoutingContext, Caller> ifOpened(BiConsumer<RoutingContext, Caller> next) {
    return mayChange
        ? next
        : (ctx, caller) ->
            Problem.send(
                ctx,
                403,
                "plugins are changed in the folder only; plugins.upload: true opens this call");
  }

  private void list(RoutingContext ctx, Caller caller) {
    JsonArray plugins = new JsonArray();
    orders.plugins().forEach(plugin -> plugins.add(PluginJson.write(plugin)));
    Answers.json(ctx, 200, new JsonObject().put("plugins", plugins));
  }

  private void show(RoutingContext ctx, Caller caller) {
    PluginView plugin =
        find(Answers.pathParam(ctx, "name"))
            .orElseThrow(() -> new GatewayException(404, "there is no plugin of that name"));
    tag(ctx, plugin.sha256());
    JsonObject json = PluginJson.write(plugin);
    orders
        .last(plugin.name())
        .filter(done -> done.outcome() == Outcome.ROLLING || !done.nodes().isEmpty())
        .ifPresent(done -> json.put("change", PluginJson.write(done, Optional.empty())));
    Answers.json(ctx, 200, json);
  }

  private Optional<PluginView> find(String name) {
    return orders.plugins().stream().filter(plugin -> plugin.name().equals(name)).findFirst();
  }

  private void upload(RoutingContext ctx, Caller caller) {
    Order order = PluginRequest.order(ctx, caller);
    String digest = PluginRequest.digest(ctx);
    HttpServerRequest request = ctx.request();
    refuseLength(request.getHeader(HttpHeaders.CONTENT_LENGTH));
    BodyFile body = new BodyFile(ctx.vertx(), request, JarCheck.maxBytes(), UPLOAD_TIMEOUT);
    answer(ctx, orders.upload(order, digest, body::into).onFailure(refused -> body.discard()));
  }

  /** Spares the client the sending of what would be too large. */
  private static void refuseLength(@Nullable String contentLength) {
    try {
      if (contentLength != null && Long.parseLong(contentLength) > JarCheck.maxBytes()) {
        throw new GatewayException(413, "a jar has at most " + JarCheck.maxBytes() + " bytes");
      }
    } catch (NumberFormatException e) {
      throw new GatewayException(400, "Content-Length must be a whole number");
    }
  }

  private void remove(RoutingContext ctx, Caller caller) {
    answer(ctx, orders.remove(PluginRequest.order(ctx, caller)));
  }

  private void rollback(RoutingContext ctx, Caller caller) {
    Order order = PluginRequest.order(ctx, caller);
    answer(
        ctx,
        JsonBody.read(ctx, MAX_JSON_BYTES)
            .compose(body -> orders.rollback(order, PluginRequest.target(body))));
  }

  private void answer(RoutingContext ctx, Future<Done> change) {
    change
        .onSuccess(done -> done.after().ifPresent(sha256 -> tag(ctx, sha256)))
        .map(
            done -> {
              Answers.json(
                  ctx,
                  isOver(done.outcome()) ? 200 : 202,
                  PluginJson.write(done, find(done.plugin())));
              return done;
            })
        .onFailure(failure -> Problem.send(ctx, failure));
  }

  private static boolean isOver(Outcome outcome) {
    return outcome != Outcome.PENDING && outcome != Outcome.ROLLING && outcome != Outcome.STOPPED;
  }

  private static void tag(RoutingContext ctx, String sha256) {
    if (!sha256.isEmpty()) {
      ctx.response().putHeader(HttpHeaders.ETAG, "\"" + sha256 + "\"");
    }
  }
}
