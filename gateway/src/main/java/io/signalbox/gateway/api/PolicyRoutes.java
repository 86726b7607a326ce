package io.signalbox.gateway.api;

import io.signalbox.gateway.policy.PolicyBook;
import io.signalbox.gateway.policy.PolicyResolver;
import io.signalbox.gateway.policy.RefusedPolicy;
import io.signalbox.gateway.policy.RoutingPolicy;
import io.signalbox.gateway.policy.Unserved;
import io.signalbox.gateway.security.Access;
import io.signalbox.gateway.security.Caller;
import io.signalbox.spi.Channel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * {@code /api/v1/policies}: the routing policies in force, what they name and nobody serves, and
 * the files that are refused.
 */
final class PolicyRoutes {
  private static final String PATH = "/api/v1/policies";

  private final PolicyBook book;
  private final ProviderDirectory providers;

  PolicyRoutes(ApiServices services) {
    this.book = services.policies();
    this.providers = services.providers();
  }

  void mount(Router router, Gate gate) {
    router.get(PATH).handler(gate.allow(Access.POLICIES, this::list));
  }

  private void list(RoutingContext ctx, Caller caller) {
    PolicyResolver resolver = book.current();
    JsonArray policies = new JsonArray();
    for (RoutingPolicy policy : resolver.policies().all()) {
      policies.add(PolicyJson.write(policy, resolver.effective(policy)));
    }
    JsonArray refused = new JsonArray();
    for (RefusedPolicy file : book.refused()) {
      refused.add(PolicyJson.write(file));
    }
    Answers.json(
        ctx,
        200,
        new JsonObject()
            .put("policies", policies)
            .put("default", PolicyJson.values(resolver.effective(null)))
            .put("warnings", warnings(resolver))
            .put("refused", refused));
  }

  private JsonArray warnings(PolicyResolver resolver) {
    Map<String, Set<Channel>> channels = new HashMap<>();
    providers.all().forEach(state -> channels.put(state.provider(), state.channels()));
    JsonArray warnings = new JsonArray();
    for (Unserved each : Unserved.in(resolver.policies(), channels)) {
      warnings.add(PolicyJson.write(each));
    }
    return warnings;
  }
}
