package io.signalbox.provider.ses;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SnsAddressesTest {
  private static final String PATH = "/SimpleNotificationService-1.pem";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://sns.us-east-1.amazonaws.com" + PATH,
        "https://sns.us-east-1.amazonaws.com:443" + PATH,
        "https://sns.cn-north-1.amazonaws.com.cn" + PATH
      })
  void certificateOfSnsPasses(String url) {
    assertThat(SnsAddresses.certificate(url)).contains(URI.create(url));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "https://",
        "http://sns.us-east-1.amazonaws.com" + PATH,
        "ftp://sns.us-east-1.amazonaws.com" + PATH,
        "https://sns.us-east-1.amazonaws.com:8443" + PATH,
        "https://sns.us-east-1.amazonaws.com@evil.example.com" + PATH,
        "https://someone@sns.us-east-1.amazonaws.com" + PATH,
        "https://sns.us-east-1.amazonaws.com.evil.example.com" + PATH,
        "https://evil.example.com/sns.us-east-1.amazonaws.com" + PATH,
        "https://evil.sns.us-east-1.amazonaws.com" + PATH,
        "https://sns.us.east.1.amazonaws.com" + PATH,
        "https://snsXus-east-1.amazonaws.com" + PATH,
        "https://bucket.s3.amazonaws.com" + PATH,
        "https://sns.us-east-1.amazonaws.com/",
        "https://sns.us-east-1.amazonaws.com" + PATH + "?a=b",
        "https://sns.us-east-1.amazonaws.com/?a=" + PATH,
        "https://sns.us-east-1.amazonaws.com/#" + PATH,
        "https://sns.us-east-1.amazonaws.com" + PATH + " ",
        "https://[::1]" + PATH
      })
  void anyOtherUrlOfACertificateIsRefused(String url) {
    assertThat(SnsAddresses.certificate(url)).isEmpty();
  }

  @Test
  void subscriptionIsConfirmedByItsActionOnly() {
    String host = "https://sns.us-east-1.amazonaws.com/";

    assertThat(SnsAddresses.subscription(host + "?Action=ConfirmSubscription&Token=1")).isPresent();
    assertThat(SnsAddresses.subscription(host + "?Action=DeleteTopic")).isEmpty();
    assertThat(SnsAddresses.subscription(host)).isEmpty();
    assertThat(
            SnsAddresses.subscription("http" + host.substring(5) + "?Action=ConfirmSubscription"))
        .isEmpty();
  }

  @Test
  void baseUrlTakesThePlaceOfTheHostAlone() {
    URI asked = URI.create("https://sns.us-east-1.amazonaws.com/a.pem?b=%20c");

    assertThat(new SnsAddresses("http://127.0.0.1:1").target(asked))
        .isEqualTo("http://127.0.0.1:1/a.pem?b=%20c");
    assertThat(new SnsAddresses(null).target(asked)).isEqualTo(asked.toString());
  }
}
