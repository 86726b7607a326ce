package io.signalbox.gateway.api;

import io.signalbox.gateway.connection.TrustedProxies;
import io.signalbox.gateway.ledger.Act;
import io.signalbox.gateway.ledger.AuditEntry.Who;
import io.signalbox.gateway.security.Caller;
import io.vertx.core.Handler;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;

/** Where requests come from, for the audit log. */
final class Origin {
  private static final String PROXIES = "signalbox.proxies";

  private Origin() {}

  /** Who made a request, from where. */
  static Who of(RoutingContext ctx, Caller caller) {
    return new Who(caller.tenant(), caller.actor(), address(ctx), Correlation.id(ctx));
  }

  /** What an administrator asks for now. */
  static Act act(RoutingContext ctx, Caller caller, Clock clock, String action) {
    return new Act(clock.millis(), of(ctx, caller), action);
  }

  /** Has requests come from where trusted proxies say. */
  static Handler<RoutingContext> believing(TrustedProxies proxies) {
    return ctx -> {
      ctx.put(PROXIES, proxies);
      ctx.next();
    };
  }

  /**
   * The address at the other end of the connection, or the one before the trusted proxies; empty if
   * it is not known.
   */
  static String address(RoutingContext ctx) {
    SocketAddress remote = ctx.request().remoteAddress();
    String address = remote == null ? null : remote.hostAddress();
    if (address == null) {
      return "";
    }
    TrustedProxies proxies = ctx.get(PROXIES);
    return proxies == null ? address : proxies.origin(address, ctx.request().headers());
  }
}
