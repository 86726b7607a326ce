package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The same with the ledger in PostgreSQL. */
class PostgresKillIT extends BaseKillTest {
  private PostgresDatabase database;

  PostgresKillIT() {
    super(1_500, 2);
  }

  @BeforeEach
  void makeDatabase() throws Exception {
    database = PostgresDatabase.create();
  }

  @AfterEach
  void dropDatabase() throws Exception {
    database.close();
    assertThat(Files.exists(data.resolve("ledger.db"))).isFalse();
  }

  @Override
  GatewaySettings with(GatewaySettings settings) throws Exception {
    return database.settings(settings, data);
  }
}
