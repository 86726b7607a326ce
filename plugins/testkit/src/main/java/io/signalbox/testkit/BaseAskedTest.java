package io.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.StatusQuery;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The facts that a provider that can be asked gives to {@link BaseLookupTest}, and what its laws
 * assert of an answer.
 */
public abstract class BaseAskedTest extends BaseProviderTest {
  /** The request whose attempt is asked for; see {@link SampleRequests}. */
  protected abstract DeliveryRequest request();

  /** The remote id of that attempt's message. */
  protected abstract String providerMessageId();

  /** What the API answers about it: a documented answer. */
  protected abstract Reply found();

  /** What that answer says. */
  protected abstract Receipt expected();

  /** The documented answer about a message that the API does not know. */
  protected abstract Reply notFound();

  /** Compares the first call with what the API's documents ask for. */
  protected abstract void assertOnTheWire(SeenRequest seen);

  /** Documented errors, by a name for the test. */
  protected abstract Map<String, Reply> documentedErrors();

  /** Values of the configuration that must never be seen. */
  protected abstract List<String> secrets();

  /** The question, with the remote id. */
  protected StatusQuery query() {
    return SampleRequests.query(request(), providerMessageId());
  }

  /**
   * Where a message without its remote id is searched for in a list: the fullest page that the
   * provider reads, which names other messages only. Empty where it searches no list.
   */
  protected Optional<Reply> fullOfOthers() {
    return Optional.empty();
  }

  /**
   * Whether {@link #expected()} has the event id that the webhook about the same status has; the
   * folder {@code fixtures} must hold one. False where that id cannot be built from the answer.
   */
  protected boolean eventIdIsThatOfTheWebhook() {
    return true;
  }

  /** Statuses that are errors whatever the body; override where the documents say otherwise. */
  protected IntStream errorStatuses() {
    return IntStream.of(302, 401, 403, 429, 500, 502, 503, 504);
  }

  /** The answer must end the look-up as a failure. */
  protected final void assertFails(Reply reply, StatusQuery query) {
    server().reply(reply);
    HostedProvider provider = provider();
    assertFailure(catchThrowable(() -> provider.lookUp(query)));
  }

  final void assertSurvives(HostedProvider provider, Reply reply, StatusQuery query) {
    server().reply(reply);
    try {
      assertThat(provider.lookUp(query)).isNotNull();
    } catch (RuntimeException | StackOverflowError e) {
      assertFailure(e);
    }
  }

  final void assertFailure(Throwable failure) {
    LookUpFailure.assertHonest(failure, secrets(), request().recipient());
  }
}
