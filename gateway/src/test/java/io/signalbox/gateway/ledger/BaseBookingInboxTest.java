package io.signalbox.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.BookingInbox.ToldBooking;
import io.signalbox.spi.BookingChange;
import io.signalbox.spi.BookingState;
import io.signalbox.spi.Channel;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every ledger must do with what providers tell of bookings. */
public abstract class BaseBookingInboxTest extends LedgerContract {
  private static final Instant AT = Instant.ofEpochMilli(NOW);

  private BookingInbox inbox() {
    return opened.whole().bookingInbox();
  }

  private static BookingChange change(String event, String uid) {
    return new BookingChange(
        event,
        "attempt",
        uid,
        "before",
        BookingState.ACCEPTED,
        AT.plusSeconds(60),
        null,
        "CREATED",
        "because of jane@example.org",
        AT);
  }

  private long store(long receivedAt, BookingChange... changes) throws Exception {
    return await(
        opened
            .webhooks()
            .store(
                new WebhookBody(
                    "cal",
                    receivedAt,
                    "POST",
                    "https://example.org/webhooks/cal",
                    "{}",
                    Buffer.buffer("x"),
                    null,
                    List.of(),
                    Set.of(Channel.BOOKING),
                    List.of(changes))));
  }

  private List<ToldBooking> due(long nowMillis) throws Exception {
    return await(inbox().due(nowMillis, 10));
  }

  @Test
  void eachStatementIsStoredOnceAndWithoutWhatPeopleWrote() throws Exception {
    store(NOW, change("e1", "b1"), change("e2", "b2"));
    store(NOW + 1, change("e1", "b1"));

    List<ToldBooking> due = due(NOW + 1);

    assertThat(due).extracting(told -> told.change().eventId()).containsExactly("e1", "e2");
    assertThat(due).extracting(ToldBooking::provider).containsOnly("cal");
    BookingChange read = due.get(0).change();
    assertThat(read.uid()).isEqualTo("b1");
    assertThat(read.movedFrom()).isEqualTo("before");
    assertThat(read.start()).isEqualTo(AT.plusSeconds(60));
    assertThat(read.occurredAt()).isEqualTo(AT);
    assertThat(read.reason()).isNull();
    assertThat(String.join("\n", askStore("SELECT * FROM booking_events")))
        .doesNotContain("jane@example.org");
  }

  @Test
  void whatIsProcessedIsNotDueAgainAndNotTakenInAgain() throws Exception {
    store(NOW, change("e1", "b1"));
    await(inbox().processed(due(NOW).get(0).id()));

    assertThat(due(NOW + 1_000)).isEmpty();
    store(NOW + 1, change("e1", "b1"));
    assertThat(due(NOW + 1_000)).isEmpty();
  }

  @Test
  void whatIsPutOffIsDueLaterAlsoAfterARestart() throws Exception {
    store(NOW, change("e1", "b1"));
    await(inbox().later(due(NOW).get(0).id(), 3, NOW + 5_000));
    assertThat(due(NOW + 4_999)).isEmpty();

    reopen();
    await(ledger().recover(NOW));

    assertThat(due(NOW + 5_000)).extracting(ToldBooking::tries).containsExactly(3);
  }

  @Test
  void itGoesWithItsWebhook() throws Exception {
    store(NOW, change("e1", "b1"));
    assertThat(await(opened.webhooks().deleteBodies(NOW + 1))).isOne();
    assertThat(askStore("SELECT * FROM booking_events")).isEmpty();
  }
}
