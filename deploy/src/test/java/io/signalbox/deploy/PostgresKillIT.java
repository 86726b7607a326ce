package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.redis.TestRedis;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The same with the ledger in PostgreSQL and the queue in Redis. */
class PostgresKillIT extends BaseKillTest {
  private PostgresDatabase database;
  private TestRedis redis;

  PostgresKillIT() {
    super(1_500, 2);
  }

  @BeforeEach
  void startServers() throws Exception {
    database = PostgresDatabase.create();
    redis = TestRedis.start(data.resolve("redis"));
  }

  @AfterEach
  void endServers() throws Exception {
    redis.close();
    database.close();
    assertThat(Files.exists(data.resolve("ledger.db"))).isFalse();
  }

  @Override
  GatewaySettings with(GatewaySettings settings) throws Exception {
    return database.settings(settings, data).with("redis.urls", redis.url());
  }
}
