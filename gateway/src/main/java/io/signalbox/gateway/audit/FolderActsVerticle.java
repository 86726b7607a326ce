package io.signalbox.gateway.audit;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.PoliciesChanged;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.ProvidersLoaded;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.ledger.Act;
import io.signalbox.gateway.ledger.AuditEntry.Who;
import io.signalbox.gateway.ledger.AuditLedger;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes into the audit log what comes of changed files: providers that begin, change and end, and
 * other routing policies. Who changed a file nobody can tell; each node writes what it has found in
 * its own folders. What a start finds there is no change, and neither is what other nodes lend.
 */
public final class FolderActsVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(FolderActsVerticle.class);
  private static final String ACTOR = "folder";

  private final Bus bus;
  private final AuditLedger ledger;
  private final String node;
  private final Clock clock;
  private final Map<String, ProviderState> running = new HashMap<>();
  private List<String> policies;
  private boolean loaded;

  /**
   * Makes the verticle.
   *
   * @param node the name of this node, in place of an address
   * @param policies those in force now
   */
  public FolderActsVerticle(
      Bus bus, AuditLedger ledger, String node, List<String> policies, Clock clock) {
    this.bus = bus;
    this.ledger = ledger;
    this.node = node;
    this.policies = List.copyOf(policies);
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    return Future.join(
        bus.listen(Addresses.PROVIDERS, ProviderState.class, this::announced).completion(),
        bus.listen(Addresses.PROVIDERS_LOADED, ProvidersLoaded.class, news -> loaded = true)
            .completion(),
        bus.listen(Addresses.POLICIES, PoliciesChanged.class, this::policiesChanged).completion());
  }

  private void announced(ProviderState state) {
    if (state.isBorrowed()) {
      return;
    }
    String id = state.provider();
    ProviderState known = running.get(id);
    if (known != null && known.generation() > state.generation()) {
      return;
    }
    if (state.stage() == Stage.STOPPED) {
      if (running.remove(id) != null) {
        write("provider.stop", id, known == null ? null : text(known), null);
      }
      return;
    }
    running.put(id, state);
    if (known == null || known.generation() < state.generation()) {
      write("provider.start", id, known == null ? null : text(known), text(state));
    }
  }

  private static String text(ProviderState state) {
    return new JsonObject()
        .put("plugin", state.plugin())
        .put("plugin_version", state.pluginVersion())
        .put("generation", state.generation())
        .put("priority", state.priority())
        .put("weight", state.weight())
        .encode();
  }

  private void policiesChanged(PoliciesChanged news) {
    List<String> before = policies;
    policies = news.names();
    write(
        "policy.change",
        "policies",
        new JsonArray(before).encode(),
        new JsonArray(news.names()).encode());
  }

  private void write(
      String action, String target, @Nullable String before, @Nullable String after) {
    if (!loaded) {
      return;
    }
    Act act = new Act(clock.millis(), new Who("", ACTOR, node, ""), action);
    ledger
        .audit(act.done(target, before, after))
        .onFailure(
            unwritten ->
                LOG.error(
                    "the audit log lacks a line: {} of {} from the folders of {}; {}",
                    action,
                    target,
                    node,
                    unwritten.toString()));
  }
}
