package io.signalbox.gateway.api;

import io.vertx.ext.web.Route;
import io.vertx.ext.web.RoutingContext;
import java.util.regex.Pattern;

/** What a call is named where its path must not stand, which may hold a recipient. */
final class RouteName {
  /** For what belongs to no call. */
  static final String NONE = "(none)";

  private static final Pattern PARAMETER = Pattern.compile(":([A-Za-z0-9_]+)");

  private RouteName() {}

  /** The path's template as the OpenAPI document has it, such as {@code /webhooks/{provider}}. */
  static String of(RoutingContext ctx) {
    Route route = ctx.currentRoute();
    String path = route == null ? null : route.getPath();
    return path == null ? NONE : PARAMETER.matcher(path).replaceAll("{$1}");
  }
}
