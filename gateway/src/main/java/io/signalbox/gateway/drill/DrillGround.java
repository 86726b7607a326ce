package io.signalbox.gateway.drill;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.ledger.Drill;
import io.signalbox.gateway.sandbox.SandboxLink;
import io.signalbox.spi.Channel;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a simulated fault takes place.
 *
 * @param sandbox the link to the simulator
 * @param channel the channel of the test notifications
 * @param providers who may have them: those that carry the channel when the drill begins, all of
 *     the sandbox
 * @param plugins the plugins of these providers
 * @param before how the simulated side of the drilled provider behaves
 */
record DrillGround(
    SandboxLink sandbox,
    Channel channel,
    Set<String> providers,
    Set<String> plugins,
    SimulatorSettings before) {

  /** Copies the sets. */
  DrillGround {
    providers = Set.copyOf(providers);
    plugins = Set.copyOf(plugins);
  }

  /** The ground of a drill; fails with a {@link GatewayException} if it cannot be done here. */
  static Future<DrillGround> of(Drill drill, Vertx vertx, DrillTools tools, World world) {
    SandboxLink sandbox = tools.sandbox();
    if (sandbox == null) {
      return refuse(
          409,
          "there is no sandbox: faults are only given to simulated providers. Start with --sandbox or"
              + " sandbox.enabled; a live drill needs none");
    }
    ProviderState state = world.find(drill.provider());
    if (state == null) {
      return refuse(404, "there is no provider of that id");
    }
    String mode = String.valueOf(drill.mode());
    if (!sandbox.modes().isEmpty() && !sandbox.modes().contains(mode)) {
      return refuse(422, "mode must be one of " + String.join(", ", sandbox.modes()));
    }
    Channel channel = channelOf(state, drill.parameters().getString("channel"));
    if (channel == null) {
      return refuse(422, "the provider has no such channel that carries messages");
    }
    List<ProviderState> reachable = world.carriers(channel);
    if (reachable.size() < 2) {
      return refuse(
          409, "no other provider carries " + channel.wireName() + ": nobody to fail over to");
    }
    return SandboxScope.require(vertx, tools.settings().providersDir(), reachable)
        .compose(alone -> sandbox.settings(state.plugin()))
        .map(
            now ->
                new DrillGround(
                    sandbox,
                    channel,
                    reachable.stream().map(ProviderState::provider).collect(Collectors.toSet()),
                    reachable.stream().map(ProviderState::plugin).collect(Collectors.toSet()),
                    SimulatorSettings.of(state.plugin(), now)));
  }

  private static @Nullable Channel channelOf(ProviderState state, @Nullable String asked) {
    return state.channels().stream()
        .filter(Channel::carriesMessages)
        .filter(each -> asked == null || each.wireName().equals(asked))
        .sorted()
        .findFirst()
        .orElse(null);
  }

  private static Future<DrillGround> refuse(int status, String detail) {
    return Future.failedFuture(new GatewayException(status, detail));
  }
}
