package io.signalbox.gateway.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.ProviderMessages.BreakerView;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.StoredPreferences;
import io.signalbox.gateway.preferences.Preferences;
import io.signalbox.loader.ProviderLimits;
import io.signalbox.spi.Channel;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a market knows of its providers. */
class OperationMarketTest {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  @Test
  void thoseOfOnePluginAreNeighboursAlsoOnceTheyHaveStopped() {
    Bus bus = Bus.install(vertx);
    GatewayConfig config = ConfigLoader.load(Optional.empty(), Map.of(), Map.of());
    OperationMarket market =
        new OperationMarket(
            bus,
            Channel.NUMBER,
            Preferences.of(StoredPreferences.NONE, config.scoring(), config.dispatch()));
    bus.publish(Addresses.PROVIDERS, state("a-any", "alike", 1, Stage.ACTIVE));
    bus.publish(Addresses.PROVIDERS, state("a-vodafone", "alike", 1, Stage.ACTIVE));
    bus.publish(Addresses.PROVIDERS, state("a-vodafone", "alike", 2, Stage.STOPPED));
    bus.publish(Addresses.PROVIDERS, state("other", "another", 1, Stage.ACTIVE));
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> market.has("other"));

    assertThat(market.neighbours("a-any")).containsExactlyInAnyOrder("a-any", "a-vodafone");
    assertThat(market.neighbours("a-vodafone")).containsExactlyInAnyOrder("a-any", "a-vodafone");
    assertThat(market.neighbours("other")).containsExactly("other");
    assertThat(market.neighbours("unheard of")).containsExactly("unheard of");
  }

  private static ProviderState state(String provider, String plugin, long generation, Stage stage) {
    return new ProviderState(
        provider,
        plugin,
        "1",
        generation,
        Set.of(Channel.NUMBER),
        1,
        100,
        ProviderLimits.of(10, 0),
        null,
        Duration.ofSeconds(2),
        false,
        stage,
        new BreakerView("closed", 1, 0, 1, false, "test", 0),
        List.of());
  }
}
