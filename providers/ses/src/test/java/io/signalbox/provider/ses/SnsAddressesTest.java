package io.signalbox.provider.ses;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SnsAddressesTest {
  private static final String PATH = "/SimpleNotificationService-1.pem";

  private static final String TOPIC = "arn:aws:sns:us-east-1:123456789012:t";

  @ParameterizedTest
  @CsvSource({
    "https://sns.us-east-1.amazonaws.com, arn:aws:sns:us-east-1:123456789012:t",
    "https://sns.us-east-1.amazonaws.com:443, arn:aws:sns:us-east-1:123456789012:t",
    "https://SNS.us-east-1.AmazonAWS.com, arn:aws:sns:us-east-1:123456789012:t",
    "https://sns.us-gov-west-1.amazonaws.com, arn:aws-us-gov:sns:us-gov-west-1:123456789012:t",
    "https://sns.cn-north-1.amazonaws.com.cn, arn:aws-cn:sns:cn-north-1:123456789012:t"
  })
  void certificateOfTheTopicsSnsPasses(String host, String topicArn) {
    assertThat(SnsAddresses.certificate(host + PATH, topicArn)).contains(URI.create(host + PATH));
  }

  @ParameterizedTest
  @CsvSource({
    "https://sns.s3-us-west-2.amazonaws.com, arn:aws:sns:us-west-2:123456789012:t",
    "https://sns.us-east-1.amazonaws.com, arn:aws:sns:us-west-2:123456789012:t",
    "https://sns.us-east-1.amazonaws.com.cn, arn:aws:sns:us-east-1:123456789012:t",
    "https://sns.cn-north-1.amazonaws.com, arn:aws-cn:sns:cn-north-1:123456789012:t",
    "https://sns.us-east-1.amazonaws.com, no-arn"
  })
  void hostOfAnotherTopicOrOfNoTopicIsRefused(String host, String topicArn) {
    assertThat(SnsAddresses.certificate(host + PATH, topicArn)).isEmpty();
    assertThat(SnsAddresses.subscription(host + "/?Action=ConfirmSubscription", topicArn))
        .isEmpty();
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
    assertThat(SnsAddresses.certificate(url, TOPIC)).isEmpty();
  }

  @Test
  void subscriptionIsConfirmedByItsActionOnly() {
    String host = "https://sns.us-east-1.amazonaws.com/";

    assertThat(SnsAddresses.subscription(host + "?Action=ConfirmSubscription&Token=1", TOPIC))
        .isPresent();
    assertThat(SnsAddresses.subscription(host + "?Action=DeleteTopic", TOPIC)).isEmpty();
    assertThat(SnsAddresses.subscription(host, TOPIC)).isEmpty();
    String open = "http" + host.substring(5);
    assertThat(SnsAddresses.subscription(open + "?Action=ConfirmSubscription", TOPIC)).isEmpty();
  }

  @Test
  void baseUrlTakesThePlaceOfTheHostAlone() {
    URI asked = URI.create("https://sns.us-east-1.amazonaws.com/a.pem?b=%20c");

    assertThat(new SnsAddresses("http://127.0.0.1:1").target(asked))
        .isEqualTo("http://127.0.0.1:1/a.pem?b=%20c");
    assertThat(new SnsAddresses(null).target(asked)).isEqualTo(asked.toString());
  }
}
