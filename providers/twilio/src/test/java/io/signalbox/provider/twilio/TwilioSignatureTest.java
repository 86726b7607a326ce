package io.signalbox.provider.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.Secret;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.signalbox.toolkit.FormBody;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the signature vectors do not show. */
class TwilioSignatureTest {
  /** The example of the documents. */
  private static final String URL = "https://mycompany.com/myapp.php?foo=1&bar=2";

  private static final String SIGNATURE = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";
  private static final Buffer BODY =
      Buffer.buffer(
          "CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234"
              + "&From=%2B14158675309&To=%2B18005551212");

  @Test
  void acceptsOldTokenWhileRotating() {
    FormBody form = FormBody.parse(BODY).orElseThrow();
    var signature = new TwilioSignature(List.of(new Secret("new"), new Secret("12345")));
    assertThat(signature.verifyForm(SIGNATURE, URL, form).genuine()).isTrue();
    var rotated = new TwilioSignature(List.of(new Secret("new")));
    assertThat(rotated.verifyForm(SIGNATURE, URL, form).genuine()).isFalse();
  }

  @Test
  void triesUrlWithAndWithoutPort() {
    assertThat(SignedUrl.variants("https://a.example/x?y=1:2"))
        .containsExactly("https://a.example/x?y=1:2", "https://a.example:443/x?y=1:2");
    assertThat(SignedUrl.variants("http://u:p@a.example:8080/x"))
        .containsExactly(
            "http://u:p@a.example:8080/x", "http://u:p@a.example/x", "http://u:p@a.example:80/x");
    assertThat(SignedUrl.variants("https://[::1]:8443/x"))
        .containsExactly("https://[::1]:8443/x", "https://[::1]/x", "https://[::1]:443/x");
    assertThat(SignedUrl.variants("nonsense")).containsExactly("nonsense");
  }

  @Test
  void neverThrowsOnGarbageUrls() {
    long seed = 20260101;
    Random random = new Random(seed);
    var webhooks = new TwilioWebhooks(List.of(new Secret("12345")));
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().set("X-Twilio-Signature", SIGNATURE);
    String rubbish = "%?#:@[]&=/\u0000é";
    for (int i = 0; i < 2_000; i++) {
      StringBuilder url = new StringBuilder(URL);
      for (int change = 0; change < 5; change++) {
        url.setCharAt(
            random.nextInt(url.length()), rubbish.charAt(random.nextInt(rubbish.length())));
      }
      assertThat(
              webhooks.receive(
                  new WebhookRequest("POST", url.toString(), "", headers, BODY, Instant.EPOCH)))
          .as("seed %d, URL %s", seed, url)
          .isInstanceOf(WebhookResult.class);
    }
  }
}
