package io.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.spi.CheckResult;
import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.MessageProvider;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.Progress;
import io.signalbox.spi.Recipient;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The laws of delivery for providers over SMTP: what {@link BaseDeliveryTest} is for HTTP. A
 * subclass gives the facts of its wire.
 */
public abstract class BaseSmtpDeliveryTest extends BaseSmtpTest {
  private static final int MUTATIONS = 40;
  private static final Duration PATIENT = Duration.ofSeconds(2);

  /** The id of the sample request's mail, without angle brackets. */
  protected abstract String expectedProviderMessageId();

  /** Compares what arrived with what was asked for. */
  protected abstract void assertOnTheWire(SeenMail seen, DeliveryRequest request);

  /** Every documented reply and its outcome; a sentence in each. */
  protected abstract List<SmtpErrorCase> documentedReplies();

  /** Values of the configuration that must never be seen. */
  protected abstract List<String> secrets();

  /**
   * What a connection that is lost between {@code MAIL} and the answer to {@code DATA} is: nothing
   * of the message was sent, so transient, or unknown where the client cannot tell.
   */
  protected OutcomeKind lostInTheEnvelope() {
    return OutcomeKind.TRANSIENT;
  }

  @Test
  void sendsTheMailOnceAndSaysItsId() {
    Outcome outcome = provider().deliver(request());

    assertThat(outcome).isInstanceOf(Outcome.Sent.class);
    assertThat(((Outcome.Sent) outcome).providerMessageId()).isEqualTo(expectedProviderMessageId());
    assertThat(outcome.evidence().progress()).isEqualTo(Progress.ANSWERED);
    assertThat(server().mails()).hasSize(1);
    SeenMail seen = server().mails().get(0);
    assertThat(seen.user()).isEqualTo(user());
    assertThat(seen.headers()).contains("Message-ID: <" + expectedProviderMessageId() + ">");
    assertOnTheWire(seen, request());
  }

  @TestFactory
  Stream<DynamicTest> documentedReplyHasItsOutcome() {
    return documentedReplies().stream()
        .map(
            error ->
                DynamicTest.dynamicTest(error.stage() + " " + error.reply(), () -> expect(error)));
  }

  @TestFactory
  Stream<DynamicTest> lostConnectionHasTheOutcomeOfItsStage() {
    return lossStages()
        .map(
            stage ->
                DynamicTest.dynamicTest(
                    stage + " lost", () -> expectLoss(stage, SmtpAnswer.cut())));
  }

  @TestFactory
  Stream<DynamicTest> silenceHasTheOutcomeOfItsStage() {
    return lossStages()
        .map(
            stage ->
                DynamicTest.dynamicTest(
                    stage + " silent", () -> expectLoss(stage, SmtpAnswer.hang())));
  }

  @Test
  void whatTimedOutBeforeTheMailBeganIsNotSentLater() {
    Promise<SmtpAnswer> greeting = Promise.promise();
    server().script(SmtpStage.GREETING, greeting::future);
    HostedProvider provider = provider();

    Outcome outcome = provider.deliver(SampleRequests.withTimeout(request(), SHORT));
    assertThat(outcome.kind()).as("%s", outcome).isEqualTo(OutcomeKind.TRANSIENT);
    greeting.complete(SmtpAnswer.say("220 awake again"));

    await().atMost(Duration.ofSeconds(60)).until(() -> server().commands().contains("QUIT"));
    assertThat(server().commands()).noneMatch(command -> command.startsWith("MAIL"));
    assertThat(server().mails()).isEmpty();
  }

  @Test
  void refusedConnectionIsTransient() {
    try (RefusingPort port = RefusingPort.take()) {
      Outcome outcome = provider(config(SmtpTarget.plain(port.number()))).deliver(request());

      assertThat(outcome.kind()).as("%s", outcome).isEqualTo(OutcomeKind.TRANSIENT);
      assertThat(outcome.evidence().progress().certainlyNotSent()).as("%s", outcome).isTrue();
    }
  }

  @Test
  void reusesItsConnection() {
    HostedProvider provider = provider();

    provider.deliver(request());
    provider.deliver(request());

    assertThat(server().mails()).hasSize(2);
    assertThat(server().connections()).isEqualTo(1);
  }

  @Test
  void connectionThatWasClosedWhileIdleIsReplaced() {
    HostedProvider provider = provider();
    provider.deliver(request());
    server().answer(SmtpStage.RSET, SmtpAnswer.cut());

    Outcome outcome = provider.deliver(request());

    assertThat(outcome.kind()).as("%s", outcome).isEqualTo(OutcomeKind.SENT);
    assertThat(server().mails()).hasSize(2);
  }

  @Test
  void concurrentDeliveriesAreIndependent() {
    Promise<SmtpAnswer> held = Promise.promise();
    List<Future<SmtpAnswer>> answers =
        new ArrayList<>(
            List.of(
                held.future(), Future.succeededFuture(SmtpAnswer.say("451 4.3.0 Not now, sorry"))));
    server().script(SmtpStage.CONTENT, () -> answers.remove(0));
    HostedProvider provider = provider();

    Future<Outcome> one = provider.delivering(request());
    Future<Outcome> two = provider.delivering(request());
    HostedProvider.await(Future.any(one, two));
    Future<Outcome> answered = one.isComplete() ? one : two;
    Future<Outcome> waiting = answered == one ? two : one;

    assertThat(answered.result().kind()).isEqualTo(OutcomeKind.TRANSIENT);
    assertThat(waiting.isComplete()).isFalse();
    held.complete(SmtpAnswer.say("250 2.0.0 Ok"));
    assertThat(HostedProvider.await(waiting).kind()).isEqualTo(OutcomeKind.SENT);
  }

  @Test
  void closeMayBeRepeatedAndLaterDeliveriesAreTransient() {
    HostedProvider provider = provider();
    provider.deliver(request());

    provider.close();
    provider.close();

    assertThat(provider.deliver(request()).kind()).isEqualTo(OutcomeKind.TRANSIENT);
    assertThat(server().mails()).hasSize(1);
  }

  @Test
  void answersOnTheContextOfTheCaller() {
    HostedProvider provider = provider();

    // Asked on the context, or an outcome that comes first would be looked at on this thread.
    Context seen =
        provider.call(
            () ->
                ((MessageProvider) provider.provider())
                    .deliver(request())
                    .map(outcome -> Vertx.currentContext()));

    assertThat(seen).isSameAs(provider.context());
  }

  @Test
  void checkTellsWhetherTheServerTakesTheLoginAndSendsNothing() {
    HostedProvider provider = provider();
    CheckResult good = provider.check();
    assertThat(good.healthy()).as(good.detail()).isTrue();
    await().atMost(Duration.ofSeconds(60)).until(() -> server().commands().contains("QUIT"));
    assertThat(server().commands()).noneMatch(command -> command.startsWith("MAIL"));

    server().answer(SmtpStage.AUTH, SmtpAnswer.say("535 5.7.8 Wrong password"));
    CheckResult refused = provider.check();
    assertThat(refused.healthy()).as(refused.detail()).isFalse();

    try (RefusingPort port = RefusingPort.take()) {
      CheckResult bad = provider(config(SmtpTarget.plain(port.number()))).check();
      assertThat(bad.healthy()).as(bad.detail()).isFalse();
      assertThat(good.detail() + refused.detail() + bad.detail()).doesNotContain(secrets());
    }
  }

  @Test
  void secretsAndRecipientsAreInNoLogAndNoText() {
    Recipient recipient = request().recipient();
    StringBuilder texts = new StringBuilder();
    try (CapturedLogs logs = CapturedLogs.start()) {
      HostedProvider provider = provider();
      texts.append(provider.provider()).append(factory().descriptor());
      texts.append(provider.deliver(request()));
      for (SmtpErrorCase error : documentedReplies()) {
        for (String form : QuotedAddress.forms(recipient)) {
          server().behave();
          server().answer(error.stage(), SmtpAnswer.say(error.reply() + " <" + form + ">"));
          texts.append(provider.deliver(request()));
        }
      }
      server().behave();
      server().answer(SmtpStage.CONTENT, SmtpAnswer.cut());
      texts.append(provider.deliver(request()));
      provider.close();
      texts.append(provider.deliver(request())).append(logs.text());
    }
    assertThat(secrets()).isNotEmpty();
    assertThat(texts.toString())
        .doesNotContain(secrets())
        .doesNotContain(QuotedAddress.forms(recipient));
  }

  @Test
  void noAnswerMakesADeliveryFailAndRubbishIsNeverSent() {
    Random random = Seeds.random(getClass());
    HostedProvider provider = provider();
    List<SmtpStage> stages = lossStages().toList();
    for (int i = 0; i < MUTATIONS; i++) {
      SmtpStage stage = stages.get(random.nextInt(stages.size()));
      Buffer rubbish = Mutations.anyOf(Buffer.buffer("550-5.1.1 a\r\n550 5.1.1 b"), random);
      // In ISO 8859-1 every byte is a character; a code that says yes would be no rubbish.
      String text = rubbish.toString("ISO-8859-1").replaceFirst("^[23]", "5");
      server().behave();
      server().answer(stage, SmtpAnswer.sayAndCut(text));
      Outcome outcome = provider.deliver(SampleRequests.withTimeout(request(), PATIENT));
      assertThat(outcome.kind()).as("%s at %s", outcome, stage).isNotEqualTo(OutcomeKind.SENT);
    }
    server().behave();
    server().answer(SmtpStage.CONTENT, SmtpAnswer.say("Queued, thank you"));
    assertThat(provider.deliver(request()).kind()).isEqualTo(OutcomeKind.UNKNOWN);
  }

  private static Stream<SmtpStage> lossStages() {
    return Arrays.stream(SmtpStage.values())
        .filter(stage -> stage != SmtpStage.STARTTLS)
        .filter(stage -> stage != SmtpStage.RSET && stage != SmtpStage.QUIT);
  }

  private void expectLoss(SmtpStage stage, SmtpAnswer answer) {
    OutcomeKind expected =
        stage.isBeforeTheMail()
            ? OutcomeKind.TRANSIENT
            : stage.isInTheEnvelope() ? lostInTheEnvelope() : OutcomeKind.UNKNOWN;
    server().behave();
    server().answer(stage, answer);

    Outcome outcome =
        Hurry.until(
            expected,
            SHORT,
            time -> provider().deliver(SampleRequests.withTimeout(request(), time)));

    assertThat(outcome.kind()).as("%s", outcome).isEqualTo(expected);
  }

  private void expect(SmtpErrorCase error) {
    server().behave();
    server().answer(error.stage(), SmtpAnswer.say(error.reply()));

    Outcome outcome = provider().deliver(request());

    assertThat(outcome.kind()).as("%s", outcome).isEqualTo(error.kind());
    if (outcome instanceof Outcome.Rejected rejected) {
      assertThat(rejected.reason()).isEqualTo(error.reason());
    }
  }
}
