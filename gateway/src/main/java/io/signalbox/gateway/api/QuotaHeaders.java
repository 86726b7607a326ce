package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.quota.QuotaStanding;
import io.signalbox.gateway.security.Caller;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** Says in the answer to who sends how it stands with the quota that is nearest to its end. */
final class QuotaHeaders {
  private QuotaHeaders() {}

  /**
   * Puts the headers, if a quota holds and nothing was answered yet.
   *
   * @param failure why nothing was taken; null if something was
   */
  static void put(
      RoutingContext ctx, ApiServices services, Caller caller, @Nullable Throwable failure) {
    QuotaStanding standing =
        services.quotas().nearest(caller.tenant(), caller.allowance()).orElse(null);
    if (standing != null && !ctx.response().headWritten()) {
      boolean refused = failure instanceof GatewayException refusal && refusal.status() == 429;
      RateHeaders.add(ctx.response(), standing, refused);
    }
  }
}
