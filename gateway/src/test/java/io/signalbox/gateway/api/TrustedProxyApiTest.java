package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.Patience;
import io.signalbox.gateway.security.Role;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where requests come from, as callers behind a proxy meet it. */
class TrustedProxyApiTest {
  private static final String KEYS = "/api/v1/api-keys";
  private static final String CALLER = "203.0.113.9";

  @TempDir private Path dir;

  @Test
  void theAuditLogHasTheCallersAddressAndGuessesOfOneShutOutNoOther() throws Exception {
    try (TestGateway gateway =
        TestGateway.start(dir, Map.of("http.trusted_proxies", "127.0.0.0/8, ::1/128"))) {
      Calls calls = new Calls(gateway.url());
      assertThat(originOfAnAct(calls, gateway, "198.51.100.1, " + CALLER)).isEqualTo(CALLER);
      // Many at once: one by one a busy machine makes no more than are forgotten meanwhile.
      Patience.await()
          .untilAsserted(
              () ->
                  assertThat(guesses(gateway))
                      .contains(
                          "HTTP/1.1 429 ",
                          "\r\nratelimit: \"refused-sign-ins\";r=0;t=1\r\n",
                          "\r\nretry-after: 1\r\n"));
      assertThat(guess(calls, "203.0.113.10").status()).isEqualTo(401);
    }
  }

  @Test
  void nobodyElseIsBelieved() throws Exception {
    try (TestGateway gateway =
        TestGateway.start(dir, Map.of("http.trusted_proxies", "10.0.0.0/8"))) {
      Calls calls = new Calls(gateway.url());
      assertThat(originOfAnAct(calls, gateway, CALLER)).isEqualTo("127.0.0.1");
    }
  }

  private static String originOfAnAct(Calls calls, TestGateway gateway, String forwarded)
      throws Exception {
    String admin = "Bearer " + gateway.token(Role.ADMIN);
    Calls.Reply made =
        calls.send(
            "POST",
            KEYS,
            "{\"name\":\"n\",\"roles\":[\"viewer\"]}",
            "content-type",
            "application/json",
            "authorization",
            admin,
            "x-forwarded-for",
            forwarded);
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    JsonObject audit =
        calls.send("GET", "/api/v1/audit?action=api_key.create", "", "authorization", admin).json();
    return audit.getJsonArray("audit").getJsonObject(0).getString("origin");
  }

  /** What 300 guesses of the same caller on one connection are answered. */
  private static String guesses(TestGateway gateway) throws Exception {
    String head =
        "GET "
            + KEYS
            + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer x\r\nX-Forwarded-For: "
            + CALLER
            + "\r\n";
    try (RawConnection connection = new RawConnection(gateway.url())) {
      connection.write((head + "\r\n").repeat(299) + head + "Connection: close\r\n\r\n");
      return connection.readToEnd();
    }
  }

  private static Calls.Reply guess(Calls calls, String from) throws Exception {
    return calls.send("GET", KEYS, "", "authorization", "Bearer x", "x-forwarded-for", from);
  }
}
