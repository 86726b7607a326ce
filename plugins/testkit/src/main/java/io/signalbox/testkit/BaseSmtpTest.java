package io.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.WebhookReceiver;
import io.signalbox.testkit.SmtpTarget.Security;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The facts that a provider over SMTP gives to its kit, and the laws of protected connections. */
public abstract class BaseSmtpTest extends BasePluginTest {
  /** Long enough for what works, short enough to wait for what does not. */
  static final Duration SHORT = Duration.ofMillis(400);

  private final FakeSmtpServer server = FakeSmtpServer.start(vertx());

  @TempDir private static Path folder;
  private static TestCertificate certificate;

  /**
   * A good configuration with every key that must be there, for a server that wants a login.
   *
   * @param target on 127.0.0.1
   */
  protected abstract JsonObject config(SmtpTarget target);

  /** A request to deliver; see {@link SampleRequests}. */
  protected abstract DeliveryRequest request();

  /** The name that the configuration logs in with. */
  protected abstract String user();

  /** The stand-in for the remote server; it knows no TLS. */
  protected final FakeSmtpServer server() {
    return server;
  }

  @Override
  final JsonObject goodConfig() {
    return config(SmtpTarget.plain(server.port()));
  }

  @Override
  final int connections() {
    return server.connections();
  }

  @BeforeAll
  static void makeCertificate() {
    certificate = TestCertificate.create(folder);
  }

  @Test
  void receivesWebhooksIfItSaysSo() {
    assertThat(provider().provider() instanceof WebhookReceiver)
        .isEqualTo(!factory().descriptor().webhookEvents().isEmpty());
  }

  @Test
  void logsInAndSendsOnlyAfterStartTls() {
    try (FakeSmtpServer secure = FakeSmtpServer.startWithStartTls(vertx(), certificate)) {
      Outcome outcome =
          provider(config(new SmtpTarget(secure.port(), Security.STARTTLS, certificate.pem())))
              .deliver(request());

      assertThat(outcome.kind()).as("%s", outcome).isEqualTo(OutcomeKind.SENT);
      assertThat(secure.mails())
          .singleElement()
          .satisfies(
              mail -> {
                assertThat(mail.encrypted()).isTrue();
                assertThat(mail.user()).isEqualTo(user());
              });
      assertThat(secure.commands().get(1)).isEqualTo("STARTTLS");
    }
  }

  @Test
  void sendsOverImplicitTls() {
    try (FakeSmtpServer secure = FakeSmtpServer.startWithTls(vertx(), certificate)) {
      Outcome outcome =
          provider(config(new SmtpTarget(secure.port(), Security.TLS, certificate.pem())))
              .deliver(request());

      assertThat(outcome.kind()).as("%s", outcome).isEqualTo(OutcomeKind.SENT);
      assertThat(secure.mails()).hasSize(1);
    }
  }

  @Test
  void certificateOfAStrangerIsTransientAndSeesNoLogin() {
    try (FakeSmtpServer upgraded = FakeSmtpServer.startWithStartTls(vertx(), certificate);
        FakeSmtpServer secure = FakeSmtpServer.startWithTls(vertx(), certificate)) {
      Outcome starting =
          provider(config(new SmtpTarget(upgraded.port(), Security.STARTTLS, null)))
              .deliver(request());
      Outcome implicit =
          provider(config(new SmtpTarget(secure.port(), Security.TLS, null))).deliver(request());

      assertThat(starting.kind()).as("%s", starting).isEqualTo(OutcomeKind.TRANSIENT);
      assertThat(implicit.kind()).as("%s", implicit).isEqualTo(OutcomeKind.TRANSIENT);
      assertThat(upgraded.commands()).noneMatch(command -> command.startsWith("AUTH"));
      assertThat(secure.commands()).isEmpty();
    }
  }

  @Test
  void serverWithoutStartTlsIsAProviderFaultAndSeesNoLogin() {
    Outcome outcome =
        provider(config(new SmtpTarget(server.port(), Security.STARTTLS, null))).deliver(request());

    assertThat(outcome.kind()).as("%s", outcome).isEqualTo(OutcomeKind.PROVIDER_FAULT);
    assertThat(server.commands())
        .noneMatch(command -> command.startsWith("AUTH") || command.startsWith("MAIL"));
  }

  @Test
  void refusedStartTlsIsTransientAndSeesNoLogin() {
    try (FakeSmtpServer secure = FakeSmtpServer.startWithStartTls(vertx(), certificate)) {
      secure.answer(SmtpStage.STARTTLS, SmtpAnswer.sayAndCut("454 4.7.0 TLS not available"));

      Outcome outcome =
          provider(config(new SmtpTarget(secure.port(), Security.STARTTLS, certificate.pem())))
              .deliver(request());

      assertThat(outcome.kind()).as("%s", outcome).isEqualTo(OutcomeKind.TRANSIENT);
      assertThat(secure.commands()).noneMatch(command -> command.startsWith("AUTH"));
    }
  }
}
