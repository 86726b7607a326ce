package io.signalbox.gateway.calling;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.redis.RedisLink;
import io.signalbox.gateway.redis.TestRedis;
import io.signalbox.gateway.shared.SharedRatesVerticle;
import io.signalbox.spi.operation.Answer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The rate of calls where gateways share Redis. */
@Timeout(120)
class SharedCallRatesTest extends BaseCallTest {
  private static final String BUCKET = "test:permits:numbers:calls";
  private static final Duration SHORT = Duration.ofSeconds(1);

  @TempDir private Path redisFolder;

  private static void fill(RedisLink redis, int permits) throws Exception {
    await(redis.send(Request.cmd(Command.HSET).arg(BUCKET).arg("permits").arg(permits)));
  }

  @Test
  void permitsAreThoseThatAllGatewaysHaveTogether() throws Exception {
    try (TestRedis server = TestRedis.start(redisFolder)) {
      // Of its own accord it may be called again after a hundred seconds.
      start("max_per_second: 0.01\nmax_concurrent: 20\n");
      this.server.answer("rent", "done");
      assertThat(await(call(rent(LONG)))).isInstanceOf(Answer.Done.class);

      RedisLink redis =
          await(
              RedisLink.of(
                  vertx,
                  ConfigLoader.load(Optional.empty(), Map.of(), Map.of("redis.urls", server.url()))
                      .redis()));
      await(redis.start());
      fill(redis, 0);
      await(vertx.deployVerticle(new SharedRatesVerticle(bus, redis, "test", "this")));
      eventually(
          () ->
              assertThat(await(call(rent(SHORT))))
                  .isInstanceOfSatisfying(
                      Answer.Failed.class,
                      failed -> assertThat(failed.evidence().code()).isEqualTo("no_permit")));

      fill(redis, 1_000);
      eventually(() -> assertThat(await(call(rent(SHORT)))).isInstanceOf(Answer.Done.class));
      await(redis.close());
    }
  }
}
