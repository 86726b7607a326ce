package io.signalbox.provider.smtp;

import static io.signalbox.testkit.SmtpStage.AUTH;
import static io.signalbox.testkit.SmtpStage.CONTENT;
import static io.signalbox.testkit.SmtpStage.DATA;
import static io.signalbox.testkit.SmtpStage.GREETING;
import static io.signalbox.testkit.SmtpStage.MAIL;
import static io.signalbox.testkit.SmtpStage.RCPT;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.ProviderFactory;
import io.signalbox.spi.ReasonClass;
import io.signalbox.testkit.BaseSmtpDeliveryTest;
import io.signalbox.testkit.SampleRequests;
import io.signalbox.testkit.SeenMail;
import io.signalbox.testkit.SmtpErrorCase;
import io.signalbox.testkit.SmtpStage;
import io.signalbox.testkit.SmtpTarget;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

class SmtpDeliveryTest extends BaseSmtpDeliveryTest {
  @Override
  protected ProviderFactory factory() {
    return new SmtpFactory();
  }

  @Override
  protected JsonObject config(SmtpTarget target) {
    JsonObject config =
        new JsonObject()
            .put("host", "127.0.0.1")
            .put("port", target.port())
            .put("security", target.security().name().toLowerCase(Locale.ROOT))
            .put("username", "orders")
            .put("password", "secret-password")
            .put("from", "orders@example.com")
            .put("from_name", "Bücher & mehr")
            .put("envelope_from", "bounces@example.com");
    return target.trusted() == null ? config : config.put("ca_file", target.trusted().toString());
  }

  @Override
  protected List<String> requiredKeys() {
    return List.of("host", "from");
  }

  @Override
  protected List<String> secrets() {
    return List.of("secret-password", "b3JkZXJzAHNlY3JldC1wYXNzd29yZA");
  }

  @Override
  protected String user() {
    return "orders";
  }

  @Override
  protected DeliveryRequest request() {
    return SampleRequests.email();
  }

  @Override
  protected String expectedProviderMessageId() {
    return SampleRequests.IDEMPOTENCY_KEY + "@example.com";
  }

  /** The mail client does not say which command of the envelope an answer was missing for. */
  @Override
  protected OutcomeKind lostInTheEnvelope() {
    return OutcomeKind.UNKNOWN;
  }

  @Override
  protected void assertOnTheWire(SeenMail seen, DeliveryRequest request) {
    assertThat(seen.sender()).isEqualTo("bounces@example.com");
    assertThat(seen.recipients()).containsExactly("alex@example.com");
    assertThat(seen.headers())
        .contains(
            "From: =?UTF-8?B?QsO8Y2hlciAmIG1laHI=?= <orders@example.com>",
            "To: alex@example.com",
            "Subject: Hello",
            "MIME-Version: 1.0",
            "X-Signalbox-Attempt: " + request.attemptId())
        .anyMatch(header -> header.startsWith("Date: "))
        .anyMatch(header -> header.startsWith("Content-Type: multipart/alternative; boundary="));
    assertThat(seen.body())
        .containsSubsequence(
            "Content-Type: text/plain; charset=utf-8",
            "Gr=C3=BC=C3=9Fe, Alex =F0=9F=98=80",
            "Content-Type: text/html; charset=utf-8",
            "<p>Gr=C3=BC=C3=9Fe, Alex =F0=9F=98=80</p>");
  }

  @Override
  protected List<SmtpErrorCase> documentedReplies() {
    return List.of(
        of(GREETING, "421 4.3.2 Service not available, closing", OutcomeKind.TRANSIENT),
        of(GREETING, "421 4.7.0 Too many connections from you", OutcomeKind.THROTTLED),
        of(GREETING, "421 Too many concurrent SMTP connections", OutcomeKind.THROTTLED),
        of(GREETING, "554 No SMTP service here", OutcomeKind.PROVIDER_FAULT),
        of(AUTH, "535 5.7.8 Authentication credentials invalid", OutcomeKind.PROVIDER_FAULT),
        of(AUTH, "535 Account not subscribed to SES", OutcomeKind.PROVIDER_FAULT),
        of(AUTH, "534 5.7.9 Mechanism is too weak", OutcomeKind.PROVIDER_FAULT),
        of(AUTH, "538 5.7.11 Encryption is required", OutcomeKind.PROVIDER_FAULT),
        of(AUTH, "454 4.7.0 Temporary authentication failure", OutcomeKind.TRANSIENT),
        of(MAIL, "530 5.7.0 Must issue a STARTTLS command first", OutcomeKind.PROVIDER_FAULT),
        of(MAIL, "550 5.1.8 Sender domain is bad", OutcomeKind.PROVIDER_FAULT),
        of(MAIL, "550 5.7.1 Sender is refused", OutcomeKind.PROVIDER_FAULT),
        of(
            MAIL,
            "403 You are not authorized to send from that address",
            OutcomeKind.PROVIDER_FAULT),
        of(MAIL, "451 4.3.0 Local error in processing", OutcomeKind.TRANSIENT),
        of(MAIL, "452 4.3.1 Insufficient system storage", OutcomeKind.TRANSIENT),
        of(MAIL, "455 4.5.4 Parameters cannot be accommodated", OutcomeKind.TRANSIENT),
        of(MAIL, "555 5.5.4 Parameters not recognized", OutcomeKind.PROVIDER_FAULT),
        rejected(MAIL, "552 5.3.4 Message size exceeds the limit", ReasonClass.INVALID_CONTENT),
        of(RCPT, "450 4.2.0 Greylisted, try again", OutcomeKind.TRANSIENT),
        of(RCPT, "451 4.7.1 Greylisting in action, come back later", OutcomeKind.TRANSIENT),
        of(RCPT, "450 4.7.1 Too much mail from you", OutcomeKind.THROTTLED),
        of(RCPT, "452 4.5.3 Too many recipients", OutcomeKind.TRANSIENT),
        of(RCPT, "503 5.5.1 Bad sequence of commands", OutcomeKind.PROVIDER_FAULT),
        of(RCPT, "554 5.7.1 Relay access denied", OutcomeKind.PROVIDER_FAULT),
        of(RCPT, "550 5.7.1 Relaying denied", OutcomeKind.PROVIDER_FAULT),
        of(RCPT, "550 5.7.54 Unable to relay recipient", OutcomeKind.PROVIDER_FAULT),
        of(RCPT, "554 5.7.1 Client host rejected: Access denied", OutcomeKind.PROVIDER_FAULT),
        of(CONTENT, "554 Access denied", OutcomeKind.PROVIDER_FAULT),
        rejected(
            RCPT, "550 5.1.1 <x9@privaterelay.appleid.com>: user unknown", ReasonClass.HARD_BOUNCE),
        rejected(
            RCPT,
            "550 5.4.1 Recipient address rejected: Access denied. AS(201806281)",
            ReasonClass.HARD_BOUNCE),
        rejected(RCPT, "554 5.7.1 Recipient address rejected: Access denied", ReasonClass.BLOCKED),
        rejected(RCPT, "550 5.7.1 Access denied by policy", ReasonClass.BLOCKED),
        rejected(RCPT, "550 5.7.0 Your address is not verified here", ReasonClass.BLOCKED),
        rejected(RCPT, "550 5.0.0 Something is wrong", ReasonClass.BLOCKED),
        rejected(RCPT, "550 5.4.4 No route to that host", ReasonClass.BLOCKED),
        rejected(RCPT, "550 5.2.0 Mailbox trouble of some kind", ReasonClass.BLOCKED),
        rejected(RCPT, "552 5.3.0 No more of it", ReasonClass.BLOCKED),
        rejected(RCPT, "521 Host accepts no mail", ReasonClass.BLOCKED),
        rejected(RCPT, "554 Transaction has failed", ReasonClass.BLOCKED),
        of(RCPT, "550 5.1.8 Sender domain is bad", OutcomeKind.PROVIDER_FAULT),
        rejected(RCPT, "552 Mailbox is full", ReasonClass.SOFT_BOUNCE),
        rejected(RCPT, "550 5.1.1 User does not exist", ReasonClass.HARD_BOUNCE),
        rejected(RCPT, "550 Mailbox not found here", ReasonClass.HARD_BOUNCE),
        rejected(RCPT, "550 5.1.10 Domain has null MX", ReasonClass.HARD_BOUNCE),
        rejected(RCPT, "550 5.2.1 Mailbox is disabled", ReasonClass.HARD_BOUNCE),
        rejected(RCPT, "550-5.7.1 Refused by\r\n550 5.7.1 our policy", ReasonClass.BLOCKED),
        rejected(RCPT, "501 5.1.3 Bad address syntax", ReasonClass.INVALID_RECIPIENT),
        rejected(RCPT, "551 User not local here", ReasonClass.HARD_BOUNCE),
        rejected(RCPT, "552 5.2.2 Mailbox is full", ReasonClass.SOFT_BOUNCE),
        rejected(RCPT, "553 Mailbox name not allowed", ReasonClass.HARD_BOUNCE),
        rejected(RCPT, "556 5.1.10 Domain accepts no mail", ReasonClass.HARD_BOUNCE),
        of(DATA, "421 4.4.2 Timeout, closing", OutcomeKind.TRANSIENT),
        of(DATA, "454 Throttling failure: Maximum sending rate exceeded", OutcomeKind.THROTTLED),
        of(DATA, "451 Authentication failed: Maximum credits exceeded", OutcomeKind.PROVIDER_FAULT),
        rejected(DATA, "554 Transaction has failed", ReasonClass.BLOCKED),
        rejected(DATA, "554 5.1.1 No valid recipients", ReasonClass.BLOCKED),
        rejected(DATA, "551 User not local here", ReasonClass.BLOCKED),
        of(CONTENT, "451 4.3.0 Temporary service failure", OutcomeKind.TRANSIENT),
        of(CONTENT, "452 4.3.1 Out of storage", OutcomeKind.TRANSIENT),
        of(CONTENT, "550 5.7.26 Not authenticated by SPF or DKIM", OutcomeKind.PROVIDER_FAULT),
        of(
            CONTENT,
            "554 Message rejected: Email address is not verified.",
            OutcomeKind.PROVIDER_FAULT),
        rejected(CONTENT, "552 Message is too long", ReasonClass.INVALID_CONTENT),
        rejected(CONTENT, "552 5.2.2 Mailbox is full", ReasonClass.SOFT_BOUNCE),
        rejected(CONTENT, "550 5.6.0 Malformed message content", ReasonClass.INVALID_CONTENT),
        rejected(CONTENT, "550 Looks like junk", ReasonClass.BLOCKED),
        rejected(CONTENT, "550 5.1.1 User does not exist", ReasonClass.BLOCKED),
        rejected(CONTENT, "550 5.2.1 Mailbox is disabled", ReasonClass.BLOCKED),
        rejected(CONTENT, "550 5.4.1 Recipient address rejected", ReasonClass.BLOCKED),
        rejected(CONTENT, "553 Mailbox name not allowed", ReasonClass.BLOCKED),
        rejected(CONTENT, "554 5.7.1 Blocked as spam", ReasonClass.BLOCKED));
  }

  private static SmtpErrorCase of(SmtpStage stage, String reply, OutcomeKind kind) {
    return SmtpErrorCase.of(stage, reply, kind);
  }

  private static SmtpErrorCase rejected(SmtpStage stage, String reply, ReasonClass reason) {
    return SmtpErrorCase.rejected(stage, reply, reason);
  }
}
