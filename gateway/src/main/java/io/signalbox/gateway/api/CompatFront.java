package io.signalbox.gateway.api;

import io.signalbox.gateway.compat.Dialect;
import io.signalbox.gateway.compat.Dialects;
import io.signalbox.gateway.compat.HostTable;
import io.signalbox.gateway.config.CompatSettings;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Sends requests to dialects by the host they are for. A front that has no host names costs
 * nothing: its requests go where they went. For one event loop.
 */
final class CompatFront {
  private final CompatSettings settings;
  private final Function<Dialect, Handler<HttpServerRequest>> routes;
  private final Map<String, Handler<HttpServerRequest>> made = new HashMap<>();

  /**
   * Makes it.
   *
   * @param routes makes what answers for a dialect, at the root
   */
  CompatFront(CompatSettings settings, Function<Dialect, Handler<HttpServerRequest>> routes) {
    this.settings = settings;
    this.routes = routes;
  }

  /** What answers for one dialect. */
  Handler<HttpServerRequest> one(String name) {
    Handler<HttpServerRequest> known = made.get(name);
    if (known != null) {
      return known;
    }
    Dialect dialect =
        Dialects.all().stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("there is no dialect " + name));
    Handler<HttpServerRequest> handler = routes.apply(dialect);
    made.put(name, handler);
    return handler;
  }

  /**
   * By the host names that this server is given for dialects.
   *
   * @param others for requests to any other
   */
  Handler<HttpServerRequest> byOwnHost(Handler<HttpServerRequest> others) {
    HostTable<Handler<HttpServerRequest>> table = new HostTable<>();
    settings.hosts().forEach((host, dialect) -> table.put(host, one(dialect)));
    return settings.hosts().isEmpty() ? others : byHost(table, others);
  }

  /**
   * By the host names of the providers themselves.
   *
   * @param others for requests to any other
   */
  Handler<HttpServerRequest> byProvidersHost(Handler<HttpServerRequest> others) {
    HostTable<Handler<HttpServerRequest>> table = new HostTable<>();
    List<Dialect> spoken = Dialects.named(settings.dialects());
    for (Dialect dialect : spoken) {
      dialect.hosts().forEach(host -> table.put(host, one(dialect.name())));
    }
    return byHost(table, others);
  }

  private static Handler<HttpServerRequest> byHost(
      HostTable<Handler<HttpServerRequest>> table, Handler<HttpServerRequest> others) {
    return request -> {
      HostAndPort authority = request.authority();
      Handler<HttpServerRequest> found = authority == null ? null : table.get(authority.host());
      (found == null ? others : found).handle(request);
    };
  }
}
