package io.signalbox.simulator;

import io.signalbox.simulator.core.Books;
import io.signalbox.simulator.core.FaultMode;
import io.signalbox.simulator.core.Fields;
import io.signalbox.simulator.core.SettingsChange;
import io.signalbox.simulator.core.SettingsProblem;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP calls by which the simulator is watched and steered. */
final class ControlApi {
  private static final Logger LOG = LoggerFactory.getLogger(ControlApi.class);
  private static final int MAX_BODY_BYTES = 64 * 1024;
  private static final int DEFAULT_LIMIT = 100_000;

  private final Map<String, SimulatedPlugin> plugins;

  /** The plugins by name, in the order in which they are listed. */
  ControlApi(Map<String, SimulatedPlugin> plugins) {
    this.plugins = plugins;
  }

  Router router(Vertx vertx) {
    Router router = Router.router(vertx);
    router.route().handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES));
    router.get("/_control").handler(this::describe);
    router.get("/_control/:plugin").handler(this::describeOne);
    router.post("/_control/:plugin").handler(this::change);
    router.get("/_control/:plugin/received").handler(this::received);
    router.delete("/_control/:plugin/received").handler(this::clearReceived);
    router.get("/_control/:plugin/books").handler(this::books);
    router.post("/_control/:plugin/books").handler(this::changeBooks);
    router.delete("/_control/:plugin/books").handler(this::clearBooks);
    router.get("/_control/:plugin/webhooks").handler(this::webhooks);
    router.errorHandler(404, ControlApi::notFound);
    router.errorHandler(405, ControlApi::methodNotAllowed);
    router.errorHandler(413, ControlApi::tooLarge);
    router.errorHandler(500, ControlApi::failed);
    return router;
  }

  private void describe(RoutingContext context) {
    JsonObject all = new JsonObject();
    plugins.values().forEach(plugin -> all.put(plugin.name(), plugin.describe()));
    JsonArray modes = new JsonArray();
    for (FaultMode mode : FaultMode.values()) {
      modes.add(mode.code());
    }
    json(context, new JsonObject().put("modes", modes).put("plugins", all));
  }

  private void describeOne(RoutingContext context) {
    plugin(context).ifPresent(plugin -> json(context, plugin.describe()));
  }

  private void change(RoutingContext context) {
    plugin(context).ifPresent(plugin -> change(context, plugin));
  }

  private void change(RoutingContext context, SimulatedPlugin plugin) {
    JsonObject body = body(context);
    if (body == null) {
      return;
    }
    SettingsChange change = SettingsChange.of(plugin.state().settings(), body, plugin.calls());
    if (!change.problems().isEmpty()) {
      problem(context, Problem.of(change.problems()));
      return;
    }
    plugin
        .change(change.settings())
        .onSuccess(done -> json(context, change.settings().toJson()))
        .onFailure(context::fail);
  }

  private void received(RoutingContext context) {
    plugin(context)
        .ifPresent(
            plugin -> {
              long offset = number(context, "offset", 0);
              long limit = number(context, "limit", DEFAULT_LIMIT);
              if (offset < 0 || limit < 0) {
                String detail = "offset and limit must be whole numbers from 0.";
                problem(context, Problem.of(400, "Bad Request", detail));
                return;
              }
              ReceivedPage.write(
                  context.vertx(),
                  context.response(),
                  plugin.state().received(),
                  offset,
                  (int) Math.min(limit, Integer.MAX_VALUE));
            });
  }

  private void clearReceived(RoutingContext context) {
    plugin(context)
        .ifPresent(
            plugin -> {
              plugin.state().received().clear();
              end(context.response().setStatusCode(204), Buffer.buffer());
            });
  }

  private void webhooks(RoutingContext context) {
    plugin(context).ifPresent(plugin -> json(context, plugin.state().webhooks().counters()));
  }

  private void books(RoutingContext context) {
    ofBooks(context).ifPresent(books -> json(context, books.toJson()));
  }

  private void changeBooks(RoutingContext context) {
    ofBooks(context).ifPresent(books -> change(context, books));
  }

  private static void change(RoutingContext context, Books books) {
    JsonObject body = body(context);
    if (body == null) {
      return;
    }
    List<SettingsProblem> problems = books.change(body);
    if (problems.isEmpty()) {
      json(context, books.toJson());
    } else {
      problem(context, Problem.of(problems));
    }
  }

  private void clearBooks(RoutingContext context) {
    ofBooks(context)
        .ifPresent(
            books -> {
              books.clear();
              end(context.response().setStatusCode(204), Buffer.buffer());
            });
  }

  private Optional<Books> ofBooks(RoutingContext context) {
    Optional<SimulatedPlugin> plugin = plugin(context);
    Optional<Books> books = plugin.map(SimulatedPlugin::books);
    if (plugin.isPresent() && books.isEmpty()) {
      problem(context, Problem.of(404, "Not Found", "This plugin sells nothing."));
    }
    return books;
  }

  private Optional<SimulatedPlugin> plugin(RoutingContext context) {
    SimulatedPlugin plugin = plugins.get(context.pathParam("plugin"));
    if (plugin == null) {
      String detail = "Unknown plugin; known are " + String.join(", ", plugins.keySet()) + ".";
      problem(context, Problem.of(400, "Bad Request", detail));
    }
    return Optional.ofNullable(plugin);
  }

  /** The body as an object; null if it is none, which the caller has been told. */
  private static @Nullable JsonObject body(RoutingContext context) {
    Buffer body = context.body().buffer();
    JsonObject object = body == null ? null : Fields.object(body).orElse(null);
    if (object == null) {
      problem(context, Problem.of(400, "Bad Request", "The body must be a JSON object."));
    }
    return object;
  }

  /** A query parameter as a number; -1 if it is none. */
  private static long number(RoutingContext context, String name, long otherwise) {
    List<String> values = context.queryParam(name);
    if (values.isEmpty()) {
      return otherwise;
    }
    try {
      return Long.parseLong(values.get(0));
    } catch (NumberFormatException notANumber) {
      return -1;
    }
  }

  private static void notFound(RoutingContext context) {
    problem(context, Problem.of(404, "Not Found", "Control calls begin with /_control."));
  }

  private static void methodNotAllowed(RoutingContext context) {
    problem(context, Problem.of(405, "Method Not Allowed", "This path knows other methods."));
  }

  private static void tooLarge(RoutingContext context) {
    problem(context, Problem.of(413, "Content Too Large", "A control call has at most 64 KiB."));
  }

  private static void failed(RoutingContext context) {
    LOG.error("a control call failed", context.failure());
    Throwable failure = context.failure();
    String detail = failure == null ? "no cause is known" : String.valueOf(failure.getMessage());
    problem(context, Problem.of(500, "Internal Server Error", detail));
  }

  private static void json(RoutingContext context, JsonObject body) {
    end(context.response().putHeader("Content-Type", "application/json"), body.toBuffer());
  }

  private static void problem(RoutingContext context, JsonObject problem) {
    end(
        context
            .response()
            .setStatusCode(problem.getInteger("status"))
            .putHeader("Content-Type", Problem.MEDIA_TYPE),
        problem.toBuffer());
  }

  private static void end(HttpServerResponse response, Buffer body) {
    response.end(body).onFailure(e -> LOG.debug("the control client left", e));
  }
}
