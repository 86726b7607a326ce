package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.security.Role;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RateLimitApiTest {
  private static final String PATH = "/health/providers";

  @TempDir private Path dir;

  @Test
  void whoAsksTooOftenIsToldWhenToComeBack() throws Exception {
    // One request in a hundred seconds, so that none flows in while the test runs.
    try (TestGateway gateway = TestGateway.start(dir, Map.of("security.rate_per_tenant", "0.01"))) {
      Calls calls = new Calls(gateway.url());
      String token = "Bearer " + gateway.token(Role.VIEWER);
      Calls.Reply first = calls.send("GET", PATH, "", "authorization", token);
      assertThat(first.status()).isEqualTo(200);
      assertThat(first.header("ratelimit-policy")).isEqualTo("\"tenant\";q=1;w=100");
      assertThat(first.header("ratelimit")).startsWith("\"tenant\";r=0;t=");
      Calls.Reply second = calls.send("GET", PATH, "", "authorization", token);
      assertThat(second.status()).isEqualTo(429);
      assertThat(Integer.parseInt(second.header("retry-after"))).isBetween(1, 100);
      assertThat(second.json().getString("detail")).contains("tenant");
      String other = "Bearer " + gateway.token(Role.VIEWER, "other");
      assertThat(calls.send("GET", PATH, "", "authorization", other).status()).isEqualTo(200);
      assertThat(calls.send("GET", "/health", "").status()).isEqualTo(200);
    }
  }

  @Test
  void withoutALimitNothingIsSaidOfOne() throws Exception {
    try (TestGateway gateway = TestGateway.start(dir, Map.of())) {
      Calls.Reply reply =
          new Calls(gateway.url())
              .send("GET", PATH, "", "authorization", "Bearer " + gateway.token(Role.VIEWER));
      assertThat(reply.header("ratelimit")).isEmpty();
    }
  }
}
