package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A gateway behind a proxy with a path of its own; Twilio signs the URL that it calls. */
@Timeout(300)
class WebhookProxyIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String PUBLIC_URL = "https://hooks.example.com/signalbox";
  private static final String PATH = "/webhooks/twilio?signalbox_attempt=&a=%20b+c";

  @TempDir Path data;

  @Test
  void theSignatureCountsForTheUrlThatTheProviderCalls() {
    try (SimulatorProcess simulator = SimulatorProcess.start()) {
      simulator.mode("twilio", "silent");
      String token = simulator.describe("twilio").getJsonObject("account").getString("auth_token");
      GatewaySettings settings =
          GatewaySettings.in(data)
              .against(simulator, List.of("twilio"))
              .with("webhooks.public_url", PUBLIC_URL);
      try (GatewayProcess gateway = GatewayProcess.start(settings)) {
        ApiClient api = gateway.admin();
        String id = api.send(Messages.sms(1));
        Timeline sent =
            Settling.awaitAll(api, List.of(id), LIMIT, t -> "sent".equals(t.state())).get(0);
        Map<String, String> form =
            Map.of(
                "MessageSid",
                sent.attempts().get(0).providerMessageId(),
                "MessageStatus",
                "undelivered",
                "ErrorCode",
                "30003",
                "To",
                "+4915112345678");

        int inner = post(gateway, form, signature(token, gateway.url() + PATH, form));
        int withoutPath =
            post(gateway, form, signature(token, "https://hooks.example.com" + PATH, form));
        int outer = post(gateway, form, signature(token, PUBLIC_URL + PATH, form));

        assertThat(List.of(inner, withoutPath, outer)).containsExactly(401, 401, 200);
        Timeline failed =
            Settling.awaitAll(api, List.of(id), LIMIT, t -> "failed".equals(t.state())).get(0);
        assertThat(failed.receipts()).hasSize(1);
        assertThat(failed.receipts().get(0).getString("provider_code")).isEqualTo("30003");
        assertThat(failed.receipts().get(0).getString("provider_status")).isEqualTo("undelivered");
        assertThat(failed.receipts().get(0).fieldNames()).contains("occurred_at", "received_at");
      }
    }
  }

  private static int post(GatewayProcess gateway, Map<String, String> form, String signature) {
    String body =
        form.entrySet().stream()
            .map(field -> field.getKey() + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    return new ApiClient(gateway.url(), "")
        .call(
            "POST",
            PATH,
            body,
            Map.of(
                "Content-Type",
                "application/x-www-form-urlencoded",
                "X-Twilio-Signature",
                signature))
        .status();
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  /** As Twilio documents it: HMAC-SHA1 over the URL and the sorted fields. */
  private static String signature(String token, String url, Map<String, String> form) {
    StringBuilder signed = new StringBuilder(url);
    new TreeMap<>(form).forEach((name, value) -> signed.append(name).append(value));
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(signed.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
