package io.signalbox.gateway.replay;

import static io.signalbox.gateway.api.TestGateway.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.gateway.api.TestGateway;
import io.signalbox.gateway.bus.NothingDoneException;
import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.config.ConfigurationException;
import io.signalbox.gateway.replay.BackTests.Order;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackTestsTest {
  private static final JsonObject NOTHING = new JsonObject().put("notifications", 0);

  @TempDir private Path dir;

  @Test
  void oneRunsAtATimeAndAfterAFailureTheNext() throws Exception {
    // The only worker is held, so the first run cannot end before the second is asked for.
    Vertx oneWorker = Vertx.vertx(new VertxOptions().setWorkerPoolSize(1));
    CountDownLatch asked = new CountDownLatch(1);
    try (TestGateway gateway = TestGateway.start(dir, Map.of())) {
      BackTests tests =
          new BackTests(
              oneWorker,
              ConfigLoader.load(Optional.empty(), Map.of(), Map.of("plugins.dir", dir.toString())),
              gateway.ledger().history());
      Future<Boolean> held =
          oneWorker.executeBlocking(
              () -> {
                asked.await();
                return true;
              });
      Future<JsonObject> first = tests.run(order(""));
      assertThatThrownBy(() -> await(tests.run(order(""))))
          .hasCauseInstanceOf(NothingDoneException.class);
      asked.countDown();
      assertThat(await(held)).isTrue();
      assertThat(await(first)).isEqualTo(NOTHING);
      assertThatThrownBy(() -> await(tests.run(order("max_attempts: lots"))))
          .hasCauseInstanceOf(ConfigurationException.class);
      assertThat(await(tests.run(order("max_attempts: 2")))).isEqualTo(NOTHING);
    } finally {
      asked.countDown();
      await(oneWorker.close());
    }
  }

  private static Order order(String text) {
    return new Order(null, text, 0, 1_000_000, 10, 1);
  }
}
