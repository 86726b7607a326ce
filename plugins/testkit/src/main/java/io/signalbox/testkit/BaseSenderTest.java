package io.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.Progress;
import io.signalbox.spi.ReasonClass;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The facts that a provider that sends gives to {@link BaseDeliveryTest}, and what its laws assert
 * of an outcome.
 */
public abstract class BaseSenderTest extends BaseProviderTest {
  /** A request to deliver; see {@link SampleRequests}. */
  protected abstract DeliveryRequest request();

  /** What the API answers to it. */
  protected abstract Reply success();

  /** The id in that answer, in the form in which webhooks will name it. */
  protected abstract String expectedProviderMessageId();

  /** Compares what was sent with what the API's documents ask for. */
  protected abstract void assertOnTheWire(SeenRequest seen, DeliveryRequest request);

  /** Every documented error and its outcome. */
  protected abstract List<ErrorCase> documentedErrors();

  /** The documented way of asking for fewer requests, with its wait if the API tells one. */
  protected abstract ErrorCase throttled();

  /** Values of the configuration that must never be seen. */
  protected abstract List<String> secrets();

  /** What the API answers to the provider's check; the answer to a send unless overridden. */
  protected Reply checkSuccess() {
    return success();
  }

  /** A success without a usable id. */
  protected Reply unreadableSuccess() {
    return Reply.of(success().status(), "text/html", Buffer.buffer("<html>It works!"));
  }

  /** Outcomes of bare statuses; override where the API's documents say otherwise. */
  protected Map<Integer, OutcomeKind> bareStatuses() {
    return new TreeMap<>(
        Map.of(
            302, OutcomeKind.PROVIDER_FAULT,
            401, OutcomeKind.PROVIDER_FAULT,
            403, OutcomeKind.PROVIDER_FAULT,
            429, OutcomeKind.THROTTLED,
            500, OutcomeKind.TRANSIENT,
            502, OutcomeKind.UNKNOWN,
            503, OutcomeKind.TRANSIENT,
            504, OutcomeKind.UNKNOWN));
  }

  /** The request must be refused for this reason without a word to the API; returns the outcome. */
  protected final Outcome assertRefusedUnsent(DeliveryRequest request, ReasonClass reason) {
    Outcome outcome = provider().deliver(request);

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Rejected.class, rejected -> assertThat(rejected.reason()).isEqualTo(reason));
    assertThat(outcome.evidence().progress()).isEqualTo(Progress.NOT_CONNECTED);
    assertThat(server().seen()).isEmpty();
    return outcome;
  }

  final Outcome answered(Reply reply) {
    server().reply(reply);
    return provider().deliver(request());
  }

  final void expect(ErrorCase error) {
    Outcome outcome = answered(error.reply());

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
}
