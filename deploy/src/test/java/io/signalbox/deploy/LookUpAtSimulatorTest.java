package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.provider.mailgun.MailgunFactory;
import io.signalbox.provider.postmark.PostmarkFactory;
import io.signalbox.provider.resend.ResendFactory;
import io.signalbox.provider.twilio.TwilioFactory;
import io.signalbox.provider.vonage.VonageFactory;
import io.signalbox.simulator.Simulator;
import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.ProviderFactory;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.spi.StatusQuery;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.signalbox.testkit.HostedProvider;
import io.signalbox.testkit.SampleRequests;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Providers that can be asked meet the simulator, which was written without a look at them. */
class LookUpAtSimulatorTest {
  /** The providers, each with the way that it sends by. */
  enum Sender {
    TWILIO("twilio"),
    RESEND("resend"),
    MAILGUN("mailgun"),
    POSTMARK("postmark"),
    VONAGE_SMS("vonage"),
    VONAGE_MESSAGES("vonage");

    private final String plugin;

    Sender(String plugin) {
      this.plugin = plugin;
    }

    private ProviderFactory factory() {
      return switch (this) {
        case TWILIO -> new TwilioFactory();
        case RESEND -> new ResendFactory();
        case MAILGUN -> new MailgunFactory();
        case POSTMARK -> new PostmarkFactory();
        case VONAGE_SMS, VONAGE_MESSAGES -> new VonageFactory();
      };
    }

    private JsonObject config(JsonObject account) {
      JsonObject config = account.copy();
      return switch (this) {
        case TWILIO -> config;
        case RESEND, MAILGUN, POSTMARK -> config.put("from", "Acme <acme@example.com>");
        case VONAGE_MESSAGES -> config.put("api", "messages");
        case VONAGE_SMS -> {
          config.remove("application_id");
          config.remove("private_key");
          yield config;
        }
      };
    }

    private DeliveryRequest request() {
      return switch (this) {
        case RESEND, MAILGUN, POSTMARK -> SampleRequests.email();
        case TWILIO, VONAGE_SMS, VONAGE_MESSAGES -> SampleRequests.sms();
      };
    }
  }

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<WebhookRequest> webhooks = new CopyOnWriteArrayList<>();
  private String controlUrl = "";
  private String webhookUrl = "";

  @BeforeEach
  void start() {
    HttpServer server =
        vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0));
    server.requestHandler(
        request ->
            request
                .body()
                .onSuccess(
                    body -> {
                      webhooks.add(
                          new WebhookRequest(
                              "POST",
                              webhookUrl,
                              "",
                              request.headers(),
                              body,
                              Clock.systemUTC().instant()));
                      request.response().setStatusCode(204).end().otherwiseEmpty();
                    }));
    webhookUrl = "http://127.0.0.1:" + HostedProvider.await(server.listen()).actualPort() + "/w";
    controlUrl = HostedProvider.await(new Simulator(null).start(vertx, 0)) + "/_control/";
  }

  @AfterEach
  void stop() {
    HostedProvider.await(vertx.close().map("closed"));
  }

  @ParameterizedTest
  @EnumSource
  void whatNoWebhookTellsIsLookedUp(Sender sender) throws Exception {
    set(sender, "silent");
    HostedProvider provider = provider(sender);

    Outcome outcome = provider.deliver(sender.request());

    assertThat(outcome).isInstanceOf(Outcome.Sent.class);
    StatusQuery query = query(sender, ((Outcome.Sent) outcome).providerMessageId());
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> provider.lookUp(query).map(Receipt::status).orElse(null),
            ReceiptStatus.DELIVERED::equals);
    assertThat(webhooks).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void messageWhoseAnswerWasLostIsFoundByWhatItCarriesOrNotAtAll(Sender sender) throws Exception {
    HostedProvider provider = provider(sender);
    StatusQuery query = query(sender, null);
    assertThat(provider.lookUp(query)).isEmpty();
    set(sender, "cut");
    assertThat(provider.deliver(sender.request())).isInstanceOf(Outcome.Unknown.class);
    set(sender, "ok");

    Optional<Receipt> found = provider.lookUp(query);

    // Twilio shows nothing of ours, and what is not certain is not told.
    assertThat(found.isPresent()).isEqualTo(sender != Sender.TWILIO);
    found.ifPresent(
        receipt -> {
          assertThat(receipt.attemptId()).isEqualTo(SampleRequests.ATTEMPT_ID);
          assertThat(receipt.providerMessageId()).isNotBlank();
          assertThat(provider.lookUp(query(sender, receipt.providerMessageId()))).isPresent();
        });
  }

  @ParameterizedTest
  @EnumSource
  void unknownIdIsNoReceipt(Sender sender) throws Exception {
    assertThat(provider(sender).lookUp(query(sender, "0123456789ABCDEF"))).isEmpty();
  }

  @Test
  void statusesOfTheMessagesApiAreSignedAsTheProviderExpects() throws Exception {
    HostedProvider provider = provider(Sender.VONAGE_MESSAGES);
    provider.deliver(Sender.VONAGE_MESSAGES.request());
    await().atMost(Duration.ofSeconds(60)).until(() -> webhooks.size() == 2);

    WebhookResult result = provider.receive(webhooks.get(1));

    assertThat(result)
        .isInstanceOfSatisfying(
            WebhookResult.Verified.class,
            verified ->
                assertThat(verified.receipts())
                    .extracting(Receipt::status)
                    .containsExactly(ReceiptStatus.DELIVERED));
  }

  private HostedProvider provider(Sender sender) throws Exception {
    JsonObject described = control("GET", sender.plugin, "");
    JsonObject config =
        sender
            .config(described.getJsonObject("account"))
            .put("base_url", described.getString("url"));
    return HostedProvider.create(vertx, sender.factory(), config, Clock.systemUTC(), webhookUrl);
  }

  private void set(Sender sender, String mode) throws Exception {
    control(
        "POST",
        sender.plugin,
        new JsonObject().put("mode", mode).put("receipt_delay_ms", 20).encode());
  }

  private JsonObject control(String method, String plugin, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(controlUrl + plugin))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new JsonObject(answer.body());
  }

  private static StatusQuery query(Sender sender, @Nullable String providerMessageId) {
    DeliveryRequest request = sender.request();
    return new StatusQuery(
        request.attemptId(),
        request.idempotencyKey(),
        providerMessageId,
        request.channel(),
        request.recipient(),
        Clock.systemUTC().instant(),
        request.timeout());
  }
}
