package io.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.signalbox.spi.StatusLookup;
import io.signalbox.spi.StatusQuery;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The laws of status look-up, kept by every provider that can be asked. A subclass gives the facts
 * of its wire; what a provider does without the remote id it tests for itself.
 */
public abstract class BaseLookupTest extends BaseAskedTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final int MUTATIONS = 60;

  @Test
  void asksTheDocumentedQuestionOnce() {
    server().reply(found());

    assertThat(provider().lookUp(query())).isPresent();

    assertThat(server().seen()).hasSize(1);
    assertOnTheWire(server().seen().get(0));
  }

  @Test
  void knownMessageBecomesItsReceipt() {
    server().reply(found());

    assertThat(provider().lookUp(query())).contains(expected());
  }

  @Test
  void sameStatusSeenAgainIsTheSameEvent() {
    server().reply(found());
    HostedProvider provider = provider();

    String first = provider.lookUp(query()).orElseThrow().eventId();
    clock.advance(Duration.ofHours(1));

    assertThat(provider.lookUp(query()).orElseThrow().eventId()).isEqualTo(first).isNotBlank();
  }

  @Test
  void statusIsTheSameEventAsInItsWebhook() {
    List<String> ids =
        Fixture.loadAll(getClass()).stream()
            .flatMap(fixture -> ReceiptJson.values(fixture.expected(), "event_id"))
            .toList();

    assertThat(ids.contains(expected().eventId())).isEqualTo(eventIdIsThatOfTheWebhook());
  }

  @TestFactory
  Stream<DynamicTest> fullPageOfOthersIsNotTakenForNotKnown() {
    return fullOfOthers().stream()
        .map(
            page ->
                DynamicTest.dynamicTest(
                    "without the remote id",
                    () -> assertFails(page, SampleRequests.query(request(), null))));
  }

  @Test
  void unknownMessageIsNoReceipt() {
    server().reply(notFound());

    assertThat(provider().lookUp(query())).isEmpty();
  }

  @Test
  void answerAboutAnotherMessageIsNotBelieved() {
    String id = providerMessageId();
    int middle = id.length() / 2;
    char other = id.charAt(middle) == '1' ? '2' : '1';
    String otherId = id.substring(0, middle) + other + id.substring(middle + 1);
    server().reply(found());
    try {
      assertThat(provider().lookUp(SampleRequests.query(request(), otherId))).isEmpty();
    } catch (RuntimeException e) {
      assertFailure(e);
    }
  }

  @TestFactory
  Stream<DynamicTest> errorStatusIsAFailure() {
    return errorStatuses()
        .mapToObj(
            status ->
                DynamicTest.dynamicTest(
                    "" + status, () -> assertFails(Reply.empty(status), query())));
  }

  @TestFactory
  Stream<DynamicTest> documentedErrorIsAFailure() {
    return documentedErrors().entrySet().stream()
        .map(
            error ->
                DynamicTest.dynamicTest(
                    error.getKey(), () -> assertFails(error.getValue(), query())));
  }

  @Test
  void unreadableAnswerIsAFailure() {
    int status = found().status();
    assertFails(Reply.of(status, "text/html", Buffer.buffer("<html>It works!")), query());
    assertFails(Reply.json(status, "[]"), query());
    assertFails(
        found().withBody(found().body().getBuffer(0, found().body().length() / 2)), query());
    assertFails(Reply.empty(status), query());
  }

  @Test
  void brokenConnectionIsAFailure() {
    assertFails(Reply.cutBeforeAnswer(), query());
    assertFails(found().cutInAnswer(), query());
    try (RefusingPort port = RefusingPort.take()) {
      HostedProvider provider = provider(config(port.url()));
      assertFailure(catchThrowable(() -> provider.lookUp(query())));
    }
  }

  @Test
  void silenceIsAFailureWhenTheTimeIsOver() {
    StatusQuery asked = query();
    StatusQuery hurried =
        new StatusQuery(
            asked.attemptId(),
            asked.idempotencyKey(),
            asked.providerMessageId(),
            asked.channel(),
            asked.recipient(),
            asked.attemptedAt(),
            SHORT);

    assertFails(Reply.hang(), hurried);
  }

  @Test
  void closedProviderCannotBeAsked() {
    server().reply(found());
    HostedProvider provider = provider();

    provider.close();

    assertFailure(catchThrowable(() -> provider.lookUp(query())));
    assertThat(server().seen()).isEmpty();
  }

  @Test
  void answersOnTheContextOfTheCaller() {
    server().reply(found());
    HostedProvider provider = provider();

    // Asked on the context, or an answer that comes first would be looked at on this thread.
    Context seen =
        provider.call(
            () ->
                ((StatusLookup) provider.provider())
                    .lookUp(query())
                    .map(found -> Vertx.currentContext()));

    assertThat(seen).isSameAs(provider.context());
  }

  @Test
  void secretsAndRecipientsAreInNoLogAndNoText() {
    StringBuilder texts = new StringBuilder();
    try (CapturedLogs logs = CapturedLogs.start()) {
      HostedProvider provider = provider();
      List<Reply> replies = new ArrayList<>(List.of(found(), notFound(), Reply.cutBeforeAnswer()));
      replies.addAll(documentedErrors().values());
      documentedErrors()
          .values()
          .forEach(error -> replies.addAll(QuotedAddress.in(error, request().recipient())));
      for (Reply reply : replies) {
        server().reply(reply);
        try {
          texts.append(provider.lookUp(query()));
        } catch (RuntimeException e) {
          texts.append(e);
        }
      }
      texts.append(logs.text());
    }
    assertThat(secrets()).isNotEmpty();
    assertThat(texts.toString())
        .doesNotContain(secrets())
        .doesNotContain(QuotedAddress.forms(request().recipient()));
  }

  @Test
  void everyAnswerIsEitherAReceiptOrNothingOrAFailure() {
    Random random = Seeds.random(getClass());
    HostedProvider provider = provider();
    for (int i = 0; i < MUTATIONS; i++) {
      Buffer mutated = Mutations.anyOf(found().body(), random);
      assertSurvives(provider, found().withBody(mutated), query());
    }
    for (Buffer hostile : Mutations.hostileJson()) {
      for (int status : List.of(found().status(), notFound().status(), 400)) {
        assertSurvives(provider, Reply.of(status, "application/json", hostile), query());
      }
    }
  }

  @Test
  void strangeIdsAreAskedForSafely() {
    server().reply(notFound());
    HostedProvider provider = provider();
    for (String id :
        List.of("", " ", "../../x?y=z#", "a/b", "%2e%2e", "<id@host>", "\u0000é\r\n")) {
      assertSurvives(provider, notFound(), SampleRequests.query(request(), id));
    }
  }

  @Test
  void withoutTheRemoteIdNothingIsInvented() {
    HostedProvider provider = provider();
    StatusQuery lost = SampleRequests.query(request(), null);
    for (Buffer hostile : Mutations.hostileJson()) {
      assertSurvives(provider, Reply.of(200, "application/json", hostile), lost);
    }
    server().reply(notFound());
    try {
      assertThat(provider.lookUp(lost)).isEmpty();
    } catch (RuntimeException e) {
      assertFailure(e);
    }
  }
}
