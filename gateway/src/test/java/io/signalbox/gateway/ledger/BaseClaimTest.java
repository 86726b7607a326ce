package io.signalbox.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.model.NotificationState;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Requests that bring several notifications under one key. */
public abstract class BaseClaimTest extends LedgerContract {

  @Test
  void ofAnotherRequestWithTheKeyNothingIsStored() throws Exception {
    AcceptRequest first = claimed("k/", 1, "first");
    assertThat(await(ledger().acceptAll(List.of(first))))
        .containsExactly(new AcceptResult.Stored(first.id()));

    // None of these keys was used.
    AcceptResult reused = new AcceptResult.KeyReused(first.id());
    assertThat(
            await(
                ledger().acceptAll(List.of(claimed("k/", 0, "other"), claimed("k/", 2, "other")))))
        .containsExactly(reused, reused);
    // The same request, of which more can be done by now.
    AcceptRequest more = claimed("k/", 0, "first");
    assertThat(await(ledger().acceptAll(List.of(more, claimed("k/", 1, "first")))))
        .containsExactly(
            new AcceptResult.Stored(more.id()),
            new AcceptResult.Duplicate(first.id(), NotificationState.QUEUED));
    assertThat(due(LANE, NOW)).hasSize(2);
  }

  @Test
  void theKeyIsFoundWithoutStoring() throws Exception {
    AcceptRequest first = claimed("k/", 1, "first");
    await(ledger().acceptAll(List.of(first)));
    reopen();

    assertThat(
            await(
                ledger()
                    .earlier(
                        List.of(
                            RepeatedRequest.of(TENANT, "k/", Buffer.buffer("first")),
                            RepeatedRequest.of(TENANT, "k/", Buffer.buffer("other")),
                            RepeatedRequest.of("other", "k/", Buffer.buffer("first"))))))
        .containsExactly(
            Optional.of(new AcceptResult.Duplicate(first.id(), NotificationState.QUEUED)),
            Optional.of(new AcceptResult.KeyReused(first.id())),
            Optional.empty());
  }

  @Test
  void ofManyRequestsAtOnceOneIsStored() throws Exception {
    List<Future<List<AcceptResult>>> answers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String asked = "request " + i;
      // They share no key but that of the whole.
      answers.add(
          ledger()
              .acceptAll(List.of(claimed("k/", 2 * i, asked), claimed("k/", 2 * i + 1, asked))));
    }

    int stored = 0;
    for (Future<List<AcceptResult>> answer : answers) {
      List<AcceptResult> results = await(answer);
      boolean both = results.stream().allMatch(AcceptResult.Stored.class::isInstance);
      assertThat(both || results.stream().allMatch(AcceptResult.KeyReused.class::isInstance))
          .as("%s", results)
          .isTrue();
      stored += both ? 1 : 0;
    }
    assertThat(stored).isEqualTo(1);
    assertThat(due(LANE, NOW)).hasSize(2);
  }
}
