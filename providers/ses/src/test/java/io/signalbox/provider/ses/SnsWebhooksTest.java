package io.signalbox.provider.ses;

import static io.signalbox.provider.ses.SnsSender.confirmation;
import static io.signalbox.provider.ses.SnsSender.notification;
import static io.signalbox.provider.ses.SnsSender.post;
import static io.signalbox.provider.ses.SnsSender.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.spi.WebhookReceiver;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.signalbox.spi.WebhookResult.Refusal;
import io.signalbox.testkit.HostedProvider;
import io.signalbox.testkit.ManualClock;
import io.signalbox.testkit.Reply;
import io.signalbox.testkit.SeenRequest;
import io.signalbox.testkit.Webhooks;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnsWebhooksTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:10Z");
  private static final String EVENT = "{\"eventType\":\"Send\",\"mail\":{\"messageId\":\"1\"}}";
  private static final String SUBSCRIBE_URL =
      "https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=t&Token=2336412f37";

  private final Vertx vertx = Vertx.vertx();
  private SnsHost sns;
  private HostedProvider provider;

  @BeforeEach
  void start() {
    sns = SnsHost.start();
    provider = provider(sns.config());
  }

  @AfterEach
  void stop() {
    provider.close();
    vertx.close().await();
    sns.close();
  }

  @Test
  void olderSignatureVersionIsGoodToo() {
    JsonObject envelope =
        signed(notification(EVENT), "1", "SHA1withRSA", SnsSender.CERTIFICATE_URL);

    believes(post(envelope, NOW));
  }

  @Test
  void otherSignatureVersionIsRefused() {
    JsonObject envelope =
        signed(notification(EVENT), "3", "SHA256withRSA", SnsSender.CERTIFICATE_URL);

    refuses(post(envelope, NOW));
  }

  @Test
  void nothingIsFetchedForAForeignTopic() {
    JsonObject envelope = notification(EVENT).put("TopicArn", SnsSender.TOPIC + "-of-a-stranger");

    refuses(post(signed(envelope), NOW));
    assertThat(sns.seen()).isEmpty();
  }

  @Test
  void withoutTopicsEveryWebhookIsRefused() {
    JsonObject config = sns.config();
    config.remove("topic_arns");
    provider = provider(config);

    refuses(genuine());
    assertThat(sns.seen()).isEmpty();
  }

  @Test
  void oneOfSeveralTopicsIsBelieved() {
    JsonArray topics =
        new JsonArray().add("arn:aws-cn:sns:cn-north-1:123456789012:t").add(SnsSender.TOPIC);
    provider = provider(sns.config().put("topic_arns", topics));

    believes(genuine());
  }

  @Test
  void rawDeliveryIsRefused() {
    WebhookRequest raw = Webhooks.unsigned("json", Buffer.buffer(EVENT), NOW);

    refuses(raw);
    refuses(Webhooks.withHeader(genuine(), "x-amz-sns-rawdelivery", "true"));
  }

  @Test
  void certificateIsFetchedOnceAndByItsPath() {
    believes(genuine());
    believes(genuine());

    assertThat(sns.seen())
        .extracting(SeenRequest::path)
        .containsExactly("/SimpleNotificationService-of-the-test.pem");
  }

  @Test
  void concurrentWebhooksShareOneFetch() {
    provider.call(() -> Future.all(IntStream.range(0, 20).mapToObj(i -> receiving()).toList()));

    assertThat(sns.seen()).hasSize(1);
  }

  @Test
  void strangersCannotMakeUsFetchWithoutEnd() {
    sns.reply(Reply.hang());
    Future<Integer> refused =
        Future.succeededFuture(
            provider.call(
                () -> {
                  int failed = 0;
                  for (int i = 0; i < 20; i++) {
                    failed +=
                        receiving("https://sns.us-east-1.amazonaws.com/" + i + ".pem").failed()
                            ? 1
                            : 0;
                  }
                  return Future.succeededFuture(failed);
                }));

    assertThat(refused.result()).isEqualTo(12);
  }

  @Test
  void certificateThatCannotBeHadNowMakesSnsAskAgain() {
    sns.reply(Reply.empty(503));
    assertThatThrownBy(() -> provider.receive(genuine())).isInstanceOf(IOException.class);
    sns.reply(Reply.cutBeforeAnswer());
    assertThatThrownBy(() -> provider.receive(genuine())).isInstanceOf(IOException.class);

    sns.serve(SnsHost.CERTIFICATE);
    believes(genuine());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no certificate",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
      })
  void whatIsNoCertificateIsRefusedAndForgotten(String body) {
    sns.serve(body);
    refuses(genuine());

    sns.serve(SnsHost.CERTIFICATE);
    believes(genuine());
  }

  @Test
  void whatIsMissingOrTooLongIsRefused() {
    sns.reply(Reply.empty(404));
    refuses(genuine());
    sns.serve(SnsHost.CERTIFICATE + " ".repeat(70_000));
    refuses(genuine());
  }

  @ParameterizedTest
  @ValueSource(strings = {"foreign_cert.pem", "issued_cert.pem"})
  void certificateThatIsNotTrustedIsRefused(String certificate) {
    sns.serve(SnsSender.resource(certificate));

    refuses(genuine());
  }

  @Test
  void knownCertificateIsRefusedWhenItHasEnded() {
    believes(genuine());

    Instant later = Instant.parse("2130-01-01T00:00:00Z");
    refuses(post(signed(notification(EVENT).put("Timestamp", later.toString())), later));
  }

  @Test
  void repeatOfLongAgoIsStale() {
    WebhookRequest late = post(signed(notification(EVENT)), NOW.plus(Duration.ofHours(25)));

    assertThat(provider.receive(late))
        .isInstanceOfSatisfying(
            WebhookResult.Refused.class,
            refused -> assertThat(refused.refusal()).isEqualTo(Refusal.STALE));
  }

  @Test
  void subscriptionIsConfirmed() {
    believes(post(signed(confirmation(SUBSCRIBE_URL)), NOW));

    assertThat(sns.seen()).hasSize(2);
    SeenRequest confirmed = sns.seen().get(1);
    assertThat(confirmed.method()).isEqualTo("GET");
    assertThat(confirmed.path() + "?" + confirmed.query())
        .isEqualTo("/?Action=ConfirmSubscription&TopicArn=t&Token=2336412f37");
  }

  @Test
  void subscriptionThatIsNotSignedIsNotConfirmed() {
    refuses(post(signed(confirmation(SUBSCRIBE_URL)).put("Token", "another"), NOW));

    assertThat(sns.seen()).extracting(SeenRequest::path).doesNotContain("/");
  }

  @Test
  void bucketWithTheNameOfSnsIsNotAskedForACertificate() {
    String bucket = "https://sns.s3-us-west-2.amazonaws.com/SimpleNotificationService-1.pem";

    refuses(post(signed(notification(EVENT), "2", "SHA256withRSA", bucket), NOW));
    assertThat(sns.seen()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example.com/?Action=ConfirmSubscription",
        "https://sns.s3-us-west-2.amazonaws.com/?Action=ConfirmSubscription"
      })
  void subscriptionIsConfirmedAtNoOtherHost(String url) {
    WebhookRequest elsewhere = post(signed(confirmation(url)), NOW);

    assertThat(provider.receive(elsewhere))
        .isInstanceOfSatisfying(
            WebhookResult.Refused.class,
            refused -> assertThat(refused.refusal()).isEqualTo(Refusal.MALFORMED));
    assertThat(sns.seen()).extracting(SeenRequest::path).doesNotContain("/");
  }

  @Test
  void confirmationThatFailsMakesSnsAskAgain() {
    believes(genuine());
    sns.reply(Reply.empty(500));

    assertThatThrownBy(() -> provider.receive(post(signed(confirmation(SUBSCRIBE_URL)), NOW)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("confirmation");
  }

  private void believes(WebhookRequest request) {
    assertThat(provider.receive(request)).isInstanceOf(WebhookResult.Verified.class);
  }

  private void refuses(WebhookRequest request) {
    assertThat(provider.receive(request))
        .isInstanceOfSatisfying(
            WebhookResult.Refused.class,
            refused -> assertThat(refused.refusal()).isEqualTo(Refusal.UNAUTHENTICATED));
  }

  private Future<WebhookResult> receiving() {
    return receiving(SnsSender.CERTIFICATE_URL);
  }

  private Future<WebhookResult> receiving(String certificateUrl) {
    JsonObject envelope = signed(notification(EVENT), "2", "SHA256withRSA", certificateUrl);
    return ((WebhookReceiver) provider.provider()).receive(post(envelope, NOW));
  }

  private static WebhookRequest genuine() {
    return post(signed(notification(EVENT)), NOW);
  }

  private HostedProvider provider(JsonObject config) {
    return HostedProvider.create(vertx, new SesFactory(), config, new ManualClock(NOW));
  }
}
