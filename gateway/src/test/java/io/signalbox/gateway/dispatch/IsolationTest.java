package io.signalbox.gateway.dispatch;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.call.CalledBy;
import io.signalbox.gateway.call.NumberCall.Rent;
import io.signalbox.gateway.calling.AnsweringServer;
import io.signalbox.gateway.calling.CallVerticle;
import io.signalbox.gateway.calling.SocketPlugin;
import io.signalbox.gateway.delivery.ProviderSupervisor;
import io.signalbox.gateway.guard.GuardSettings;
import io.signalbox.gateway.guard.ProviderGuards;
import io.signalbox.gateway.guard.SilentGuard;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.tracing.Tracing;
import io.signalbox.loader.PluginFolder;
import io.signalbox.loader.PluginFolderSettings;
import io.signalbox.spi.intake.Priority;
import io.signalbox.spi.operation.Answer;
import io.signalbox.spi.operation.RentRequest;
import io.signalbox.spi.operation.Rental;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * One provider carries mail and rents numbers, over real sockets: whichever of the two hangs, with
 * every permit used and more waiting, the other goes on.
 */
@Timeout(600)
class IsolationTest extends BaseDispatchTest {
  private static final String ID = "both";
  private static final int PERMITS = 4;
  private static final int BURST = 60;

  private AnsweringServer server;
  private CallVerticle calls;
  private ProviderSupervisor supervisor;
  private PluginFolder folder;

  @BeforeEach
  void startBoth() throws Exception {
    server = new AnsweringServer(vertx);
    int port = done(server.open());
    calls =
        new CallVerticle(
            bus, ledger.calls(), ledger.nodes(), config.dispatch(), ids, Tracing.OFF, clock);
    done(vertx.deployVerticle(calls));
    supervisor =
        new ProviderSupervisor(
            vertx,
            bus,
            ledger.breakers(),
            ledger.providers(),
            config,
            clock,
            id -> "http://localhost/" + id,
            new ProviderGuards(
                new GuardSettings(
                    Vertx::vertx,
                    config.plugins().blockedAfter(),
                    config.plugins().blockedLimit(),
                    false,
                    id -> new SilentGuard(blocked -> {})),
                clock),
            Tracing.OFF);
    Path plugins = dir.resolve("plugins");
    SocketPlugin.put(plugins, "1.0.0", true);
    SocketPlugin.provider(
        plugins,
        ID,
        port,
        "channels: [email, number]\ntimeout: 2m\nmax_concurrent: " + PERMITS + "\n");
    folder =
        new PluginFolder(
            PluginFolderSettings.of(plugins, dir.resolve("data"))
                .withTimes(Duration.ofMillis(50), Duration.ZERO, Duration.ofSeconds(10)),
            supervisor);
    done(folder.start());
  }

  @AfterEach
  void stopBoth() {
    server.answer("deliver", "done");
    server.answer("rent", "done");
    done(folder.close());
    done(supervisor.stopAll());
    done(folder.unload());
  }

  private List<NotificationId> burst() {
    List<NotificationId> burst = new ArrayList<>();
    for (int i = 0; i < BURST; i++) {
      burst.add(
          accept(WorkItems.pinned(WorkItems.notification(Priority.NORMAL, null, null), ID), true));
    }
    return burst;
  }

  private Future<Answer<Rental>> rent() {
    String attempt = new AttemptId(ids.next(), 1).toString();
    return calls.call(
        ID,
        new Rent(new RentRequest(attempt, "us", "wa", null, false, Duration.ofMinutes(2), null)),
        CalledBy.GATEWAY);
  }

  private void awaitKept(String name, int count) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> server.kept(name) == count);
  }

  @Test
  void hangingNotificationsDoNotHoldUpRents() {
    server.answer("rent", "done");
    List<NotificationId> burst = burst();
    awaitKept("deliver", PERMITS);
    for (int i = 0; i < 2 * PERMITS; i++) {
      assertThat(done(rent())).isInstanceOf(Answer.Done.class);
    }
    // All rents ended while not one notification did.
    assertThat(server.kept("deliver")).isEqualTo(PERMITS);
    assertThat(server.most("deliver")).isEqualTo(PERMITS);
    server.answer("deliver", "done");
    burst.forEach(id -> endsIn(id, NotificationState.SENT));
  }

  @Test
  void hangingRentsDoNotHoldUpNotifications() {
    server.answer("deliver", "done");
    List<Future<Answer<Rental>>> rents = new ArrayList<>();
    for (int i = 0; i < BURST; i++) {
      rents.add(rent());
    }
    // One permit is kept for calls that only read.
    awaitKept("rent", PERMITS - 1);
    burst().forEach(id -> endsIn(id, NotificationState.SENT));
    assertThat(rents).noneMatch(Future::isComplete);
    assertThat(server.most("rent")).isEqualTo(PERMITS - 1);
    server.answer("rent", "done");
    rents.forEach(rent -> assertThat(done(rent)).isInstanceOf(Answer.Done.class));
  }
}
