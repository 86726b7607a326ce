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
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackTestsTest {
  private static final JsonObject NOTHING = new JsonObject().put("notifications", 0);

  @TempDir private Path dir;

  @Test
  void oneRunsAtATimeAndAfterAFailureTheNext() throws Exception {
    try (TestGateway gateway = TestGateway.start(dir, Map.of())) {
      BackTests tests =
          new BackTests(
              gateway.vertx(),
              ConfigLoader.load(Optional.empty(), Map.of(), Map.of("plugins.dir", dir.toString())),
              gateway.ledger().history());
      Future<JsonObject> first = tests.run(order(""));
      assertThatThrownBy(() -> await(tests.run(order(""))))
          .hasCauseInstanceOf(NothingDoneException.class);
      assertThat(await(first)).isEqualTo(NOTHING);
      assertThatThrownBy(() -> await(tests.run(order("max_attempts: lots"))))
          .hasCauseInstanceOf(ConfigurationException.class);
      assertThat(await(tests.run(order("max_attempts: 2")))).isEqualTo(NOTHING);
    }
  }

  private static Order order(String text) {
    return new Order(null, text, 0, 1_000_000, 10, 1);
  }
}
