package io.signalbox.provider.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.spi.Channel;
import io.signalbox.spi.Content;
import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.MailOptions;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Recipient;
import io.signalbox.testkit.FakeSmtpServer;
import io.signalbox.testkit.HostedProvider;
import io.signalbox.testkit.ManualClock;
import io.signalbox.testkit.SampleRequests;
import io.signalbox.testkit.SeenMail;
import io.signalbox.testkit.SentAs;
import io.signalbox.testkit.SmtpAnswer;
import io.signalbox.testkit.SmtpStage;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contents, addresses and limits on the wire, beyond the laws that every provider keeps. */
class SmtpMailTest {
  private final Vertx vertx = Vertx.vertx();
  private final FakeSmtpServer server = FakeSmtpServer.start(vertx);

  @AfterEach
  void stop() {
    HostedProvider.await(vertx.close().map("closed"));
  }

  private HostedProvider provider(JsonObject more) {
    JsonObject config =
        new JsonObject()
            .put("host", "127.0.0.1")
            .put("port", server.port())
            .put("security", "none")
            .put("from", "orders@example.com")
            .mergeIn(more);
    ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:10Z"));
    return HostedProvider.create(vertx, new SmtpFactory(), config, clock);
  }

  private Outcome deliver(DeliveryRequest request) {
    return provider(new JsonObject()).deliver(request);
  }

  private SeenMail sent(Content content) {
    Outcome outcome = deliver(SampleRequests.withContent(SampleRequests.email(), content));
    assertThat(outcome.kind()).as("%s", outcome).isEqualTo(OutcomeKind.SENT);
    return server.mails().get(0);
  }

  private static DeliveryRequest to(String address) {
    return SampleRequests.of(
        Channel.EMAIL, new Recipient.Email(address), new Content("Hello", "Text", null));
  }

  @Test
  void mailWithHtmlAloneHasOnePart() {
    SeenMail seen = sent(new Content(null, null, "<p>Hi</p>"));

    assertThat(seen.headers()).contains("Content-Type: text/html", "Subject: status_changed");
    assertThat(seen.body().strip()).isEqualTo("<p>Hi</p>");
  }

  @Test
  void linesWithDotsAndForeignLineBreaksArriveAsTheyAre() {
    SeenMail seen = sent(new Content("Dots", "one\r\n.\r\n..two\rthree\n.four", null));

    assertThat(seen.body().strip()).isEqualTo("one\r\n.\r\n..two\r\nthree\r\n.four");
  }

  @Test
  void titleCannotAddHeaders() {
    SeenMail seen = sent(new Content("Hello\r\nBcc: eve@example.com", "Text", null));

    assertThat(seen.headers()).contains("Subject: Hello Bcc: eve@example.com");
    assertThat(seen.recipients()).containsExactly("alex@example.com");
  }

  @Test
  void subjectMayHaveEmojiAndBeLong() {
    SeenMail seen = sent(new Content("😀".repeat(30), "Text", null));

    String word = "=\\?UTF-8\\?B\\?[A-Za-z0-9+/=]+\\?=";
    assertThat(seen.headers())
        .anyMatch(header -> header.matches("Subject: " + word + "( " + word + ")+"));
    assertThat(seen.content().lines()).allMatch(line -> line.length() <= 78);
  }

  @TestFactory
  Stream<DynamicTest> asksForTheSenderAndTheAnswersOfTheMail() {
    return SampleRequests.mailOptions(new SmtpFactory().descriptor().features()).entrySet().stream()
        .map(asked -> DynamicTest.dynamicTest(asked.getKey(), () -> sendsAs(asked.getValue())));
  }

  private void sendsAs(MailOptions asked) {
    int before = server.mails().size();
    HostedProvider provider = provider(new JsonObject().put("from_name", "Own"));
    DeliveryRequest request = SampleRequests.email().withMail(asked);

    assertThat(provider.deliver(request).kind()).isEqualTo(OutcomeKind.SENT);

    SeenMail seen = server.mails().get(before);
    String address = asked.fromEmail() == null ? "orders@example.com" : asked.fromEmail();
    String name = asked.asksForSender() ? asked.fromName() : "Own";
    assertThat(SentAs.of(header(seen, "From: "), header(seen, "Reply-To: ")))
        .isEqualTo(new SentAs(address, name, asked.replyTo()));
    assertThat(seen.sender()).as("bounces go where they always do").isEqualTo("orders@example.com");
  }

  private static @Nullable String header(SeenMail seen, String start) {
    return seen.headers().stream()
        .filter(header -> header.startsWith(start))
        .map(header -> header.substring(start.length()))
        .findFirst()
        .orElse(null);
  }

  @Test
  void longMailArrivesWhole() {
    String text =
        IntStream.range(0, 50_000).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));

    SeenMail seen = sent(new Content("Long", text, null));

    assertThat(seen.body().strip()).isEqualTo(text.replace("\n", "\r\n"));
  }

  @Test
  void domainBeyondAsciiIsSentInAscii() {
    assertThat(deliver(to("alex@bücher.example")).kind()).isEqualTo(OutcomeKind.SENT);

    assertThat(server.mails().get(0).recipients()).containsExactly("alex@xn--bcher-kva.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alex",
        "@example.com",
        "alex@",
        "älex@example.com",
        "a b@example.com",
        "alex@example.com>\r\nRCPT TO:<eve@example.com",
        "Alex <alex@example.com>",
        "alex@exa mple.com"
      })
  void recipientThatIsNoAddressIsRejectedWithoutAConnection(String address) {
    Outcome outcome = deliver(to(address));

    assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
    assertThat(((Outcome.Rejected) outcome).reason()).isEqualTo(ReasonClass.INVALID_RECIPIENT);
    assertThat(server.connections()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"throttling@example.com", "throttling@bücher.example"})
  void wordsOfTheRecipientsAddressAreNotTheServers(String address) {
    String quoted = address.replace("bücher", "xn--bcher-kva");
    server.answer(SmtpStage.RCPT, SmtpAnswer.say("450 4.2.1 <" + quoted + ">: mailbox busy"));

    Outcome outcome = deliver(to(address));

    assertThat(outcome.kind()).as("%s", outcome).isEqualTo(OutcomeKind.TRANSIENT);
    assertThat(outcome.evidence().message()).isEqualTo("<(recipient)>: mailbox busy");
  }

  @Test
  void otherKindsOfRecipientAreRejected() {
    assertThat(deliver(SampleRequests.sms()).kind()).isEqualTo(OutcomeKind.REJECTED);
  }

  @Test
  void tooMuchContentIsRejectedWithoutAConnection() {
    DeliveryRequest large =
        SampleRequests.withContent(
            SampleRequests.email(), new Content(null, "x".repeat(1025), null));

    Outcome outcome = provider(new JsonObject().put("max_content_bytes", 1024)).deliver(large);

    assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
    assertThat(((Outcome.Rejected) outcome).reason()).isEqualTo(ReasonClass.INVALID_CONTENT);
    assertThat(server.connections()).isZero();
  }

  @Test
  void whatIsLargerThanTheServersLimitIsNotBegun() {
    server.offer("SIZE 2000");
    DeliveryRequest large =
        SampleRequests.withContent(
            SampleRequests.email(), new Content(null, "x".repeat(3000), null));

    Outcome outcome = deliver(large);

    assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
    assertThat(((Outcome.Rejected) outcome).reason()).isEqualTo(ReasonClass.INVALID_CONTENT);
    assertThat(server.commands()).noneMatch(command -> command.startsWith("MAIL"));
    assertThat(deliver(to("alex@example.com")).kind()).isEqualTo(OutcomeKind.SENT);
    assertThat(server.commands()).anyMatch(command -> command.matches("MAIL .* SIZE=\\d+"));
  }

  @Test
  void serverThatOffersNoLoginIsAProviderFault() {
    server.offer("8BITMIME");

    Outcome outcome =
        provider(new JsonObject().put("username", "a").put("password", "b"))
            .deliver(SampleRequests.email());

    assertThat(outcome.kind()).as("%s", outcome).isEqualTo(OutcomeKind.PROVIDER_FAULT);
    assertThat(outcome.evidence().code()).isEqualTo("auth_missing");
  }

  @Test
  void silentConnectionIsGivenUpAndItsPlaceIsFree() {
    server.answer(SmtpStage.RCPT, SmtpAnswer.hang());
    HostedProvider provider =
        provider(new JsonObject().put("max_connections", 1).put("silence", "8s"));
    DeliveryRequest hasty =
        SampleRequests.withTimeout(SampleRequests.email(), Duration.ofMillis(1_500));
    assertThat(provider.deliver(hasty).kind()).isEqualTo(OutcomeKind.UNKNOWN);
    Outcome waiting = provider.deliver(hasty);
    assertThat(waiting.kind()).as("%s", waiting).isEqualTo(OutcomeKind.TRANSIENT);
    server.behave();

    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> provider.deliver(hasty).kind() == OutcomeKind.SENT);
  }

  @Test
  void moreThanMayWaitAreTurnedAwayAtOnce() {
    server.answer(SmtpStage.GREETING, SmtpAnswer.hang());
    HostedProvider provider = provider(new JsonObject().put("max_connections", 1));
    DeliveryRequest patient =
        SampleRequests.withTimeout(SampleRequests.email(), Duration.ofMinutes(1));
    List<Future<Outcome>> waiting =
        IntStream.range(0, 257).mapToObj(i -> provider.delivering(patient)).toList();

    Outcome outcome = provider.deliver(patient);

    assertThat(waiting).noneMatch(Future::isComplete);
    assertThat(outcome.kind()).isEqualTo(OutcomeKind.TRANSIENT);
    assertThat(outcome.evidence().code()).isEqualTo("pool_exhausted");
  }
}
