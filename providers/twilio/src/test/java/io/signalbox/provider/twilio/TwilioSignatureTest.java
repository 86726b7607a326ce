package io.signalbox.provider.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.Secret;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.signalbox.spi.WebhookResult.Refusal;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TwilioSignatureTest {
  static Stream<Vectors.Vector> vectors() {
    return Vectors.of("twilio");
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void agreesWithVectors(Vectors.Vector vector) {
    Secret token = new Secret(vector.key().getString("auth_token"));
    WebhookResult result = new TwilioWebhooks(List.of(token)).receive(vector.request());
    if (vector.valid()) {
      assertThat(result).isInstanceOf(WebhookResult.Verified.class);
    } else {
      assertThat(result)
          .isInstanceOfSatisfying(
              WebhookResult.Refused.class,
              refused -> assertThat(refused.refusal()).isEqualTo(Refusal.UNAUTHENTICATED));
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void acceptsOldTokenWhileRotating(Vectors.Vector vector) {
    Secret token = new Secret(vector.key().getString("auth_token"));
    assertThat(
            new TwilioWebhooks(List.of(new Secret("a newer one"), token)).receive(vector.request()))
        .isInstanceOf(vector.valid() ? WebhookResult.Verified.class : WebhookResult.Refused.class);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void refusesMissingSignature(Vectors.Vector vector) {
    Secret token = new Secret(vector.key().getString("auth_token"));
    vector.request().headers().remove("X-Twilio-Signature");
    assertThat(new TwilioWebhooks(List.of(token)).receive(vector.request()))
        .isInstanceOf(WebhookResult.Refused.class);
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
    long seed = 42;
    Random random = new Random(seed);
    WebhookRequest sound = vectors().findFirst().orElseThrow().request();
    var webhooks = new TwilioWebhooks(List.of(new Secret("t")));
    for (int i = 0; i < 2_000; i++) {
      StringBuilder url = new StringBuilder(sound.url());
      for (int flips = 0; flips < 5; flips++) {
        url.setCharAt(random.nextInt(url.length()), "%?#:@[]&=/\u0000é".charAt(random.nextInt(12)));
      }
      var request =
          new WebhookRequest(
              "POST", url.toString(), "", sound.headers(), sound.body(), sound.receivedAt());
      assertThat(webhooks.receive(request))
          .as("seed %d, url %s", seed, url)
          .isInstanceOf(WebhookResult.Refused.class);
    }
  }
}
