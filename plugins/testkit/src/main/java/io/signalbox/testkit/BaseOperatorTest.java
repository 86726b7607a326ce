package io.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.Provider;
import io.signalbox.spi.operation.Answer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The facts that a provider of operations gives to {@link BaseOperationTest}, and what its laws
 * assert of an answer. Kits of one kind of operation extend it and name the calls.
 *
 * @param <P> the interface of the provider's calls
 */
public abstract class BaseOperatorTest<P extends Provider> extends BaseProviderTest {
  /** How long the calls of these tests may take, unless they are meant to run out of time. */
  protected static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** A call of a provider, whatever it gives. */
  protected interface Call<T> extends Function<T, Future<? extends Answer<?>>> {}

  /** Every documented error and its outcome when the operation is to be done. */
  protected abstract List<ErrorCase> documentedErrors();

  /** The documented way of asking for fewer requests, with its wait if the API tells one. */
  protected abstract ErrorCase throttled();

  /** Values of the configuration that must never be seen. */
  protected abstract List<String> secrets();

  /** All calls, by their names. */
  protected abstract Map<String, Call<P>> calls();

  /** The name of the call that does the operation. */
  abstract String deed();

  /** The call that does the operation, with so much time. */
  abstract Call<P> deed(Duration timeout);

  /** What the API answers when it has done the operation. */
  abstract Reply success();

  /** What the API answers to the provider's check if all is well. */
  protected abstract Reply checkSuccess();

  /** Documented answers that are no errors, for whichever call. */
  abstract List<Reply> goodAnswers();

  /** What no log and no text of an answer may hold, besides {@link #secrets()}. */
  abstract List<String> personalData();

  /** What an API may quote in the texts of its errors, without documenting it. */
  List<String> quoted() {
    return personalData();
  }

  /** A success from which nothing can be read. */
  protected Reply unreadableSuccess() {
    return Reply.of(success().status(), "text/html", Buffer.buffer("<html>It works!"));
  }

  /**
   * Outcomes of bare statuses when the operation is to be done; override where the API's documents
   * say that an error of the server has certainly done nothing.
   */
  protected Map<Integer, OutcomeKind> bareStatuses() {
    return new TreeMap<>(
        Map.of(
            302, OutcomeKind.PROVIDER_FAULT,
            401, OutcomeKind.PROVIDER_FAULT,
            403, OutcomeKind.PROVIDER_FAULT,
            429, OutcomeKind.THROTTLED,
            500, OutcomeKind.UNKNOWN,
            502, OutcomeKind.UNKNOWN,
            503, OutcomeKind.UNKNOWN,
            504, OutcomeKind.UNKNOWN));
  }

  /** Makes a call on the provider's context and waits for the answer. */
  protected final <T> Answer<T> ask(HostedProvider provider, Function<P, Future<Answer<T>>> call) {
    return provider.call(() -> call.apply(of(provider)));
  }

  /** Makes any of the {@link #calls()} and waits for the answer. */
  protected final Answer<?> askAny(HostedProvider provider, Call<P> call) {
    return provider.<Answer<?>>call(() -> call.apply(of(provider)).map(answer -> answer));
  }

  /** The outcome of a call that must have failed. */
  protected static Outcome failed(Answer<?> answer) {
    assertThat(answer).isInstanceOf(Answer.Failed.class);
    return ((Answer.Failed<?>) answer).outcome();
  }

  /** What a call that must have been done gave. */
  protected static <T> T done(Answer<T> answer) {
    assertThat(answer).isInstanceOf(Answer.Done.class);
    return ((Answer.Done<T>) answer).value();
  }

  /** What doing the operation comes to, with that answer. */
  final Answer<?> answered(Reply reply) {
    server().reply(reply);
    return askAny(provider(), Objects.requireNonNull(calls().get(deed())));
  }

  final void expect(ErrorCase error) {
    Outcome outcome = failed(answered(error.reply()));

    assertThat(outcome.kind()).as("%s", outcome).isEqualTo(error.kind());
    if (error.code() != null) {
      assertThat(outcome.evidence().code()).isEqualTo(error.code());
    }
    if (outcome instanceof Outcome.Rejected rejected) {
      assertThat(rejected.reason()).isEqualTo(error.reason());
    }
    if (outcome instanceof Outcome.Throttled throttled) {
      assertThat(throttled.retryAfter()).isEqualTo(error.retryAfter());
    }
  }

  /** A kit is about providers of its own kind only. */
  @SuppressWarnings("unchecked")
  final P of(HostedProvider provider) {
    return (P) provider.provider();
  }
}
