package io.signalbox.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.LookupLedger.Place;
import io.signalbox.gateway.ledger.LookupLedger.Unfinished;
import io.signalbox.gateway.ledger.LookupLedger.Walk;
import io.signalbox.gateway.ledger.LookupLedger.Walked;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.spi.ReceiptStatus;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The walk over attempts without a final receipt. */
public abstract class BaseUnfinishedTest extends LedgerContract {
  private static final Place BEGIN = Place.before(0);

  @Test
  void bringsWhatWasSentOrMayHaveBeenAndHasNoFinalReceipt() throws Exception {
    NotificationId silent = begun();
    settleSent(silent, 1, "m-silent");
    NotificationId queued = begun();
    settleSent(queued, 1, "m-queued");
    record(queued, 1, ReceiptStatus.QUEUED);
    NotificationId delivered = begun();
    settleSent(delivered, 1, "m-delivered");
    record(delivered, 1, ReceiptStatus.DELIVERED);
    NotificationId held = begun();
    settle(held, 1, unknown(), finish(NotificationState.HELD));
    NotificationId broken = begun();
    settle(broken, 1, broken(), new NextStep.Retry(NOW + 5_000, 1, "next_round"));
    begun();
    // The last one: its recipient gets nothing more.
    NotificationId bounced = begun();
    settleSent(bounced, 1, "m-bounced");
    record(bounced, 1, ReceiptStatus.BOUNCED);

    List<Unfinished> found = walk(BEGIN, 100, 100).found();

    assertThat(found)
        .extracting(one -> one.attempt().notification())
        .containsExactly(silent, queued, held);
    assertThat(found.get(0).providerMessageId()).isEqualTo("m-silent");
    assertThat(found.get(0).recipient().address()).isEqualTo("someone@example.org");
    assertThat(found.get(0).startedAtMillis()).isEqualTo(NOW + 1);
    assertThat(found.get(2).providerMessageId()).isNull();
    assertThat(found.get(2).toString()).doesNotContain("@");
  }

  @Test
  void asksNothingOfOthersAndNothingOnceTheRecipientHasIt() throws Exception {
    NotificationId id = begun();
    settle(id, 1, unknown(), new NextStep.Attempt(start(id, 2, "beta"), "unknown"));
    settleSent(id, 2, "m-2");

    assertThat(walk(BEGIN, 100, 100).found())
        .extracting(Unfinished::attempt)
        .containsExactly(new AttemptId(id, 1));
    record("beta", receipt("e", new AttemptId(id, 2), null, ReceiptStatus.DELIVERED));
    assertThat(walk(BEGIN, 100, 100).found()).isEmpty();
  }

  @Test
  void goesOnWhereItStoppedUntilTheTime() throws Exception {
    List<AttemptId> all = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      NotificationId id = begun();
      settle(id, 1, unknown(), new NextStep.Attempt(start(id, 2), "unknown"));
      settleSent(id, 2, "m-" + i);
      all.add(new AttemptId(id, 1));
      all.add(new AttemptId(id, 2));
    }

    List<AttemptId> found = new ArrayList<>();
    Place place = BEGIN;
    boolean more = true;
    int stretches = 0;
    while (more) {
      Walked walked = walk(place, 3, stretches % 2 == 0 ? 100 : 2);
      walked.found().forEach(one -> found.add(one.attempt()));
      more = !walked.reached().equals(place);
      place = walked.reached();
      stretches++;
    }

    assertThat(found).containsExactlyElementsOf(all);
    assertThat(stretches).isGreaterThan(4);
    assertThat(
            await(opened.lookups().withoutFinalReceipt(new Walk(BEGIN, 1, Set.of("alpha"), 9, 9)))
                .found())
        .isEmpty();
  }

  private Walked walk(Place after, int maxSeen, int maxFound) throws Exception {
    // The ids of these tests are of the present, whatever time the tests name.
    long later = Clock.systemUTC().millis() + 60_000;
    return await(
        opened
            .lookups()
            .withoutFinalReceipt(new Walk(after, later, Set.of("alpha"), maxSeen, maxFound)));
  }
}
