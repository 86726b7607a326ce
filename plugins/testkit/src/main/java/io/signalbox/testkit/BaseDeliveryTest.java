package io.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.CheckResult;
import io.signalbox.spi.MailOptions;
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
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The laws of delivery, kept by every provider. A subclass gives the facts of its wire. */
public abstract class BaseDeliveryTest extends BaseSenderTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final int MUTATIONS = 60;

  @Test
  void sendsTheDocumentedRequestOnce() {
    server().reply(success());

    provider().deliver(request());

    assertThat(server().seen()).hasSize(1);
    assertOnTheWire(server().seen().get(0), request());
  }

  @TestFactory
  Stream<DynamicTest> asksForTheSenderAndTheAnswersOfTheMail() {
    return SampleRequests.mailOptions(factory().descriptor().features()).entrySet().stream()
        .map(asked -> DynamicTest.dynamicTest(asked.getKey(), () -> sendsAs(asked.getValue())));
  }

  private void sendsAs(MailOptions asked) {
    server().reply(success());
    HostedProvider provider = provider();
    provider.deliver(request());
    provider.deliver(request().withMail(asked));

    int count = server().seen().size();
    SentAs own = sentAs(server().seen().get(count - 2));
    SentAs other = sentAs(server().seen().get(count - 1));
    String address = asked.fromEmail() == null ? own.address() : asked.fromEmail();
    String name = asked.asksForSender() ? asked.fromName() : own.name();
    assertThat(own.replyTo()).isEmpty();
    assertThat(other).isEqualTo(new SentAs(address, name, asked.replyTo()));
  }

  /**
   * Under whom a request sends its mail; for plugins whose descriptor says that they can send under
   * others.
   */
  protected SentAs sentAs(SeenRequest seen) {
    throw new AssertionError("a plugin with features of mails says how its requests tell them");
  }

  @Test
  void handsTheTraceOn() {
    server().reply(success());
    String traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    provider().deliver(request().withTraceparent(traceparent));

    assertThat(server().seen().get(0).header("traceparent")).isEqualTo(traceparent);
  }

  @Test
  void successCarriesTheProvidersId() {
    server().reply(success());

    Outcome outcome = provider().deliver(request());

    assertThat(outcome).isInstanceOf(Outcome.Sent.class);
    assertThat(((Outcome.Sent) outcome).providerMessageId()).isEqualTo(expectedProviderMessageId());
    assertThat(outcome.evidence().progress()).isEqualTo(Progress.ANSWERED);
    assertThat(outcome.evidence().httpStatus()).isEqualTo(success().status());
  }

  @TestFactory
  Stream<DynamicTest> documentedErrorHasItsOutcome() {
    return documentedErrors().stream()
        .map(error -> DynamicTest.dynamicTest(error.name(), () -> expect(error)));
  }

  @TestFactory
  Stream<DynamicTest> bareStatusHasItsOutcome() {
    return bareStatuses().entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey() + " is " + entry.getValue().wireName(),
                    () ->
                        assertThat(answered(Reply.empty(entry.getKey())).kind())
                            .isEqualTo(entry.getValue())));
  }

  @Test
  void throttlingKeepsItsWait() {
    assertThat(throttled().kind()).isEqualTo(OutcomeKind.THROTTLED);
    expect(throttled());
  }

  @Test
  void refusedConnectionIsTransient() {
    try (RefusingPort port = RefusingPort.take()) {
      Outcome outcome = provider(config(port.url())).deliver(request());

      assertThat(outcome.kind()).as("%s", outcome).isEqualTo(OutcomeKind.TRANSIENT);
      assertThat(outcome.evidence().progress().certainlyNotSent()).as("%s", outcome).isTrue();
    }
  }

  @Test
  void cutAfterTheRequestWasSentIsUnknown() {
    assertThat(answered(Reply.cutBeforeAnswer()).kind()).isEqualTo(OutcomeKind.UNKNOWN);
  }

  @Test
  void cutInTheAnswerIsUnknown() {
    assertThat(answered(success().cutInAnswer()).kind()).isEqualTo(OutcomeKind.UNKNOWN);
  }

  @Test
  void silenceIsUnknownWhenTheTimeIsOver() {
    server().reply(Reply.hang());

    Outcome outcome =
        Hurry.until(
            OutcomeKind.UNKNOWN,
            SHORT,
            time -> provider().deliver(SampleRequests.withTimeout(request(), time)));

    assertThat(outcome.kind()).isEqualTo(OutcomeKind.UNKNOWN);
    assertThat(outcome.evidence().code()).isEqualTo("timeout");
  }

  @Test
  void successThatCannotBeReadIsUnknown() {
    assertThat(answered(unreadableSuccess()).kind()).isEqualTo(OutcomeKind.UNKNOWN);
  }

  @Test
  void concurrentDeliveriesAreIndependent() {
    Promise<Reply> held = Promise.promise();
    AtomicInteger arrived = new AtomicInteger();
    server()
        .script(
            seen ->
                arrived.getAndIncrement() == 0
                    ? held.future()
                    : Future.succeededFuture(throttled().reply()));
    HostedProvider provider = provider();

    Future<Outcome> one = provider.delivering(request());
    Future<Outcome> two = provider.delivering(request());
    HostedProvider.await(Future.any(one, two));
    Future<Outcome> answered = one.isComplete() ? one : two;
    Future<Outcome> waiting = answered == one ? two : one;

    assertThat(answered.result().kind()).isEqualTo(OutcomeKind.THROTTLED);
    assertThat(waiting.isComplete()).isFalse();
    held.complete(success());
    assertThat(HostedProvider.await(waiting).kind()).isEqualTo(OutcomeKind.SENT);
  }

  @Test
  void closeMayBeRepeatedAndLaterDeliveriesAreTransient() {
    server().reply(success());
    HostedProvider provider = provider();

    provider.close();
    provider.close();

    assertThat(provider.deliver(request()).kind()).isEqualTo(OutcomeKind.TRANSIENT);
    assertThat(server().seen()).isEmpty();
  }

  @Test
  void answersOnTheContextOfTheCaller() {
    server().reply(success());
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
  void secretsAndRecipientsAreInNoLogAndNoText() {
    Recipient recipient = request().recipient();
    StringBuilder texts = new StringBuilder();
    try (CapturedLogs logs = CapturedLogs.start()) {
      HostedProvider provider = provider();
      texts.append(provider.provider()).append(factory().descriptor());
      List<Reply> replies = new ArrayList<>();
      replies.add(success());
      replies.add(Reply.cutBeforeAnswer());
      List<Reply> errors = new ArrayList<>(List.of(throttled().reply()));
      documentedErrors().forEach(error -> errors.add(error.reply()));
      replies.addAll(errors);
      List<Reply> quoting =
          errors.stream().flatMap(error -> QuotedAddress.in(error, recipient).stream()).toList();
      assertThat(quoting).as("documented errors that hold a sentence").isNotEmpty();
      replies.addAll(quoting);
      for (Reply reply : replies) {
        server().reply(reply);
        texts.append(provider.deliver(request()));
      }
      provider.close();
      texts.append(provider.deliver(request())).append(logs.text());
    }
    assertThat(secrets()).isNotEmpty();
    assertThat(texts.toString())
        .doesNotContain(secrets())
        .doesNotContain(QuotedAddress.forms(recipient));
  }

  @Test
  void checkTellsWhetherTheApiCanBeReached() {
    server().reply(checkSuccess());
    HostedProvider provider = provider();
    CheckResult good = provider.check();
    assertThat(good.healthy()).as(good.detail()).isTrue();

    try (RefusingPort port = RefusingPort.take()) {
      CheckResult bad = provider(config(port.url())).check();
      assertThat(bad.healthy()).as(bad.detail()).isFalse();
      assertThat(good.detail() + bad.detail()).doesNotContain(secrets());
    }
  }

  @Test
  void noAnswerMakesADeliveryFail() {
    Random random = Seeds.random(getClass());
    List<Reply> bases =
        Stream.concat(Stream.of(success()), documentedErrors().stream().map(ErrorCase::reply))
            .filter(reply -> reply.body().length() > 0)
            .toList();
    HostedProvider provider = provider();
    for (int i = 0; i < MUTATIONS && !bases.isEmpty(); i++) {
      Reply base = bases.get(random.nextInt(bases.size()));
      server().reply(base.withBody(Mutations.anyOf(base.body(), random)));
      assertThat(provider.deliver(request())).isNotNull();
    }
    for (Buffer hostile : Mutations.hostileJson()) {
      server().reply(Reply.of(success().status(), "application/json", hostile));
      assertThat(provider.deliver(request())).isNotNull();
      server().reply(Reply.of(400, "application/json", hostile));
      assertThat(provider.deliver(request())).isNotNull();
    }
  }
}
