package io.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.CheckResult;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.Provider;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The laws of operations that hold whatever the operation: what an answer, or the want of one,
 * makes of a call.
 *
 * @param <P> the interface of the provider's calls
 */
public abstract class BaseOperationTest<P extends Provider> extends BaseOperatorTest<P> {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final int MUTATIONS_OF_EACH = 6;

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
                        assertThat(failed(answered(Reply.empty(entry.getKey()))).kind())
                            .isEqualTo(entry.getValue())));
  }

  @Test
  void throttlingKeepsItsWait() {
    assertThat(throttled().kind()).isEqualTo(OutcomeKind.THROTTLED);
    expect(throttled());
  }

  @Test
  void refusedConnectionIsTransientWhateverIsAsked() {
    try (RefusingPort port = RefusingPort.take()) {
      HostedProvider provider = provider(config(port.url()));
      calls()
          .forEach(
              (name, call) -> {
                Outcome outcome = failed(askAny(provider, call));
                assertThat(outcome.kind())
                    .as("%s: %s", name, outcome)
                    .isEqualTo(OutcomeKind.TRANSIENT);
                assertThat(outcome.evidence().progress().certainlyNotSent()).isTrue();
              });
    }
  }

  @Test
  void whatBreaksOffIsUnknownWhateverIsAsked() {
    HostedProvider provider = provider();
    for (Reply reply : List.of(Reply.cutBeforeAnswer(), success().cutInAnswer())) {
      server().reply(reply);
      assertAll(provider, OutcomeKind.UNKNOWN);
    }
  }

  @Test
  void silenceIsUnknownWhenTheTimeIsOver() {
    server().reply(Reply.hang());

    Outcome outcome =
        Hurry.until(OutcomeKind.UNKNOWN, SHORT, time -> failed(askAny(provider(), deed(time))));

    assertThat(outcome.kind()).isEqualTo(OutcomeKind.UNKNOWN);
    assertThat(outcome.evidence().code()).isEqualTo("timeout");
  }

  @Test
  void successThatCannotBeReadIsUnknownWhateverIsAsked() {
    server().reply(unreadableSuccess());
    assertAll(provider(), OutcomeKind.UNKNOWN);
  }

  @Test
  void closeMayBeRepeatedAndLaterCallsAreTransient() {
    server().reply(success());
    HostedProvider provider = provider();

    provider.close();
    provider.close();

    assertAll(provider, OutcomeKind.TRANSIENT);
    assertThat(server().seen()).isEmpty();
  }

  @Test
  void answersOnTheContextOfTheCaller() {
    server().reply(success());
    HostedProvider provider = provider();

    // Asked on the context, or an answer that comes first would be looked at on this thread.
    Context seen =
        provider.call(
            () -> deed(TIMEOUT).apply(of(provider)).map(answer -> Vertx.currentContext()));

    assertThat(seen).isSameAs(provider.context());
  }

  @Test
  void checkTellsWhetherTheApiCanBeReached() {
    server().reply(checkSuccess());
    CheckResult good = provider().check();
    assertThat(good.healthy()).as(good.detail()).isTrue();

    try (RefusingPort port = RefusingPort.take()) {
      CheckResult bad = provider(config(port.url())).check();
      assertThat(bad.healthy()).as(bad.detail()).isFalse();
      assertThat(good.detail() + bad.detail()).doesNotContain(secrets());
    }
  }

  @Test
  void secretsAndPersonalDataAreInNoLogAndNoText() {
    StringBuilder texts = new StringBuilder();
    try (CapturedLogs logs = CapturedLogs.start()) {
      HostedProvider provider = provider();
      texts.append(provider.provider()).append(factory().descriptor());
      List<Reply> replies = new ArrayList<>(goodAnswers());
      for (ErrorCase error : documentedErrors()) {
        replies.add(error.reply());
        replies.addAll(quoting(error.reply()));
      }
      for (Reply reply : replies) {
        server().reply(reply);
        calls().forEach((name, call) -> texts.append(askAny(provider, call)));
        texts.append(provider.check());
      }
      texts.append(logs.text());
    }
    assertThat(secrets()).isNotEmpty();
    assertThat(texts.toString()).doesNotContain(secrets()).doesNotContain(personalData());
  }

  @Test
  void noAnswerMakesACallFail() {
    Random random = Seeds.random(getClass());
    HostedProvider provider = provider();
    List<Reply> bases = new ArrayList<>(goodAnswers());
    documentedErrors().forEach(error -> bases.add(error.reply()));
    List<BiFunction<Buffer, Random, Buffer>> ways =
        List.of(Mutations::anyOf, Mutations::withOtherValue);
    for (Reply base : bases) {
      for (int i = 0; base.body().length() > 0 && i < MUTATIONS_OF_EACH; i++) {
        survives(provider, base.withBody(ways.get(i % 2).apply(base.body(), random)));
      }
    }
    for (Buffer hostile : Mutations.hostileJson()) {
      survives(provider, Reply.of(success().status(), "application/json", hostile));
      survives(provider, Reply.of(400, "application/json", hostile));
    }
  }

  /** The error with something in its texts that is personal or secret, as no document says. */
  private List<Reply> quoting(Reply error) {
    return quoted().stream().flatMap(text -> QuotedAddress.inAny(error, text).stream()).toList();
  }

  private void assertAll(HostedProvider provider, OutcomeKind kind) {
    calls()
        .forEach(
            (name, call) ->
                assertThat(failed(askAny(provider, call)).kind()).as(name).isEqualTo(kind));
  }

  private void survives(HostedProvider provider, Reply reply) {
    server().reply(reply);
    calls().forEach((name, call) -> assertThat((Object) askAny(provider, call)).isNotNull());
  }
}
