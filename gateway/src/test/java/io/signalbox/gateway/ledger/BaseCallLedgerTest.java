package io.signalbox.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.call.RequestType;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.operation.Answer;
import io.signalbox.spi.operation.Shortage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every ledger keeps of the calls of operations. */
public abstract class BaseCallLedgerTest extends LedgerContract {
  private static final Evidence GOOD = Evidence.answered(200, null, "ACCESS_CANCEL");

  private static final String ROWS =
      """
      SELECT request_type, service, country, rental_id, success, outcome, code, error_message,
        response_time_ms, rule
      FROM provider_requests ORDER BY notification_id, attempt""";

  private AttemptId attempt() {
    return new AttemptId(ids.next(), 1);
  }

  private static CallStart start(AttemptId attempt, RequestType type, @Nullable String rental) {
    return new CallStart(
        attempt, TENANT, "numbers", type, Channel.NUMBER, 7, "wa", "us", rental, NOW, NOW + 10_000);
  }

  private static CallEnd end(AttemptId attempt, Answer<?> answer, @Nullable String rental) {
    return CallEnd.of(attempt, answer, rental, NOW + 120, 120);
  }

  private List<String> rows() throws Exception {
    return askStore(ROWS).stream()
        .map(row -> row.replace("true", "1").replace("false", "0"))
        .toList();
  }

  @Test
  void aCallIsThereBeforeItIsMadeAndHasItsEndAfterwards() throws Exception {
    CallLedger ledger = opened.whole().calls();
    AttemptId attempt = attempt();
    await(ledger.begin(start(attempt, RequestType.CANCEL, "r-1")));
    assertThat(askStore("SELECT COUNT(*) FROM provider_requests WHERE outcome IS NULL"))
        .containsExactly("1");

    await(ledger.end(end(attempt, new Answer.Done<>("x", GOOD), null)));
    assertThat(rows())
        .containsExactly("cancel|wa|us|r-1|1|" + OutcomeKind.SENT.code() + "|null|null|120|has_it");
  }

  @Test
  void theFirstEndStands() throws Exception {
    CallLedger ledger = opened.whole().calls();
    AttemptId attempt = attempt();
    await(ledger.begin(start(attempt, RequestType.FINISH, "r-1")));
    await(ledger.end(end(attempt, new Answer.Failed<>(new Outcome.Transient(GOOD)), null)));
    await(ledger.end(end(attempt, new Answer.Done<>("x", GOOD), null)));
    assertThat(rows())
        .containsExactly(
            "finish|wa|us|r-1|0|"
                + OutcomeKind.TRANSIENT.code()
                + "|null|ACCESS_CANCEL|120|has_it");
  }

  @Test
  void aReadIsRecordedWhenItIsOverWithTheRentalThatItFound() throws Exception {
    AttemptId attempt = attempt();
    await(
        opened
            .whole()
            .calls()
            .record(
                start(attempt, RequestType.FIND, null),
                end(attempt, new Answer.Done<>(List.of(), GOOD), "r-9")));
    assertThat(rows())
        .containsExactly("find|wa|us|r-9|1|" + OutcomeKind.SENT.code() + "|null|null|120|has_it");
  }

  @Test
  void aShortageIsToldByItsCode() throws Exception {
    AttemptId attempt = attempt();
    await(
        opened
            .whole()
            .calls()
            .record(
                start(attempt, RequestType.RETRY, "r-1"),
                end(attempt, new Answer.Unserved<>(Shortage.NO_STOCK, null, GOOD), null)));
    assertThat(rows())
        .containsExactly(
            "retry|wa|us|r-1|0|"
                + OutcomeKind.REJECTED.code()
                + "|no_stock|ACCESS_CANCEL|120|has_it");
  }

  @Test
  void whatAStopBreaksOffIsUnknown() throws Exception {
    CallLedger ledger = opened.whole().calls();
    await(ledger.begin(start(attempt(), RequestType.CANCEL, "r-1")));
    await(opened.ledger().recover(NOW + 1_000));
    assertThat(askStore("SELECT outcome, code FROM provider_requests"))
        .containsExactly(OutcomeKind.UNKNOWN.code() + "|node_stopped");
  }

  @Test
  void whatIsOldIsRemovedUnlessItIsUnderWay() throws Exception {
    CallLedger ledger = opened.whole().calls();
    AttemptId old = attempt();
    NotificationId id = ids.next();
    NotificationId tomorrow =
        new NotificationId(id.key() + NotificationId.firstKey(24 * 3_600_000L), id.random());
    AttemptId young = new AttemptId(tomorrow, 1);
    Answer<String> done = new Answer.Done<>("x", GOOD);
    await(ledger.record(start(old, RequestType.STATUS, "old"), end(old, done, null)));
    await(ledger.begin(start(attempt(), RequestType.CANCEL, "under-way")));
    await(ledger.record(start(young, RequestType.STATUS, "young"), end(young, done, null)));
    begun();
    long now = old.notification().timestampMillis() + 60_000;
    assertThat(await(opened.retention().removeCalls(now)).rows()).isEqualTo(1);
    assertThat(
            askStore(
                "SELECT COALESCE(rental_id, request_type) FROM provider_requests"
                    + " ORDER BY notification_id"))
        .containsExactlyInAnyOrder("under-way", "young", "send");
  }

  @Test
  void readsDoNotMakeUpTheHealthThatAStartRemembers() throws Exception {
    CallLedger ledger = opened.whole().calls();
    AttemptId status = attempt();
    AttemptId cancel = attempt();
    Answer<String> done = new Answer.Done<>("x", GOOD);
    await(ledger.record(start(status, RequestType.STATUS, "r"), end(status, done, null)));
    await(ledger.record(start(cancel, RequestType.CANCEL, "r"), end(cancel, done, null)));
    assertThat(await(opened.reports().recentResults(100))).hasSize(1);
  }
}
