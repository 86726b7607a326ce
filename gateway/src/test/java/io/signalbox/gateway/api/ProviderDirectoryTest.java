package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.ProviderAbilities;
import io.signalbox.gateway.bus.ProviderMessages.BreakerView;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.loader.ProviderLimits;
import io.signalbox.loader.Senders;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Feature;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a node knows of the providers that other nodes lend it. */
class ProviderDirectoryTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Test
  void aProviderOfANodeThatWentIsAwayForAnHourAndThenNotThere() throws Exception {
    Vertx vertx = Vertx.vertx();
    Bus bus = Bus.install(vertx);
    AtomicLong nanos = new AtomicLong();
    ProviderDirectory directory = new ProviderDirectory(bus, nanos::get);
    announce(bus, Stage.ACTIVE);
    await().atMost(LIMIT).until(() -> directory.find("mail").isPresent());
    assertThat(directory.isAway("mail")).isFalse();

    announce(bus, Stage.STOPPED);
    await().atMost(LIMIT).until(() -> directory.isAway("mail"));
    nanos.addAndGet(TimeUnit.MINUTES.toNanos(59));
    assertThat(directory.isAway("mail")).isTrue();
    nanos.addAndGet(TimeUnit.MINUTES.toNanos(1));
    assertThat(directory.isAway("mail")).isFalse();
    TestGateway.await(directory.close());
    TestGateway.await(vertx.close());
  }

  @Test
  void aSenderIsNobodysOnceAllProvidersAreThere() throws Exception {
    Vertx vertx = Vertx.vertx();
    Bus bus = Bus.install(vertx);
    AtomicLong nanos = new AtomicLong();
    ProviderDirectory directory = new ProviderDirectory(bus, nanos::get);
    nanos.addAndGet(TimeUnit.MINUTES.toNanos(2));
    assertThat(directory.isNobodysSender("x@y.example")).as("without any provider").isFalse();

    bus.publish(Addresses.PROVIDERS, own(1, "shop.example"));
    await().atMost(LIMIT).until(() -> directory.find("own").isPresent());
    assertThat(directory.isNobodysSender("x@y.example")).as("others may follow").isFalse();
    nanos.addAndGet(TimeUnit.MINUTES.toNanos(1));
    assertThat(directory.isNobodysSender("x@y.example")).isTrue();
    assertThat(directory.isNobodysSender("x@Shop.example")).isFalse();

    bus.publish(Addresses.PROVIDERS, own(2, "y.example"));
    await().atMost(LIMIT).until(() -> !directory.isNobodysSender("x@y.example"));
    assertThat(directory.isNobodysSender("x@shop.example")).isTrue();
    // One of another node that went may come back, and have it.
    announce(bus, Stage.ACTIVE);
    announce(bus, Stage.STOPPED);
    await().atMost(LIMIT).until(() -> directory.isAway("mail"));
    nanos.addAndGet(TimeUnit.MINUTES.toNanos(59));
    assertThat(directory.isNobodysSender("x@shop.example")).isFalse();
    nanos.addAndGet(TimeUnit.MINUTES.toNanos(1));
    assertThat(directory.isNobodysSender("x@shop.example")).isTrue();
    TestGateway.await(directory.close());
    TestGateway.await(vertx.close());
  }

  private static ProviderState own(long generation, String sender) {
    return new ProviderState(
        "own",
        "plugin",
        "1.0",
        generation,
        Set.of(Channel.EMAIL),
        1,
        100,
        ProviderLimits.of(10, 0),
        null,
        Duration.ofSeconds(2),
        false,
        new ProviderAbilities(Set.of(Feature.SENDER), Senders.of(List.of(sender))),
        Stage.ACTIVE,
        new BreakerView("closed", 1, 0, 1, false, "test", 0),
        List.of(),
        "account");
  }

  private static void announce(Bus bus, Stage stage) {
    bus.publish(
        Addresses.PROVIDERS,
        new ProviderState(
            "mail",
            "plugin",
            "1.0",
            -1,
            Set.of(Channel.EMAIL),
            1,
            100,
            ProviderLimits.of(10, 0),
            Duration.ofSeconds(2),
            false,
            stage,
            new BreakerView("closed", 1, 0, 1, false, "test", 0),
            List.of()));
  }
}
