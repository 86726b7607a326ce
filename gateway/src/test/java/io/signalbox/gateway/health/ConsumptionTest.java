package io.signalbox.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class ConsumptionTest {
  @Test
  void tellsWhenWorkWasLastSettledAndFound() {
    Consumption idle = Consumption.NOTHING.then(0, 0, 1_000);
    assertThat(idle.json(2_000))
        .isEqualTo(new JsonObject().put("settled", 0L).put("sweeper_found", 0L));

    Consumption busy = idle.then(5, 2, 2_000).then(5, 2, 3_000).then(6, 2, 4_000);

    assertThat(busy).isEqualTo(new Consumption(6, 4_000, 2, 2_000));
    assertThat(busy.json(9_000).getLong("since_last_settle_ms")).isEqualTo(5_000);
    assertThat(busy.json(9_000).getString("sweeper_found_at")).isEqualTo("1970-01-01T00:00:02Z");
  }
}
