package io.signalbox.gateway.dispatch;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.ExplainMessages.Explain;
import io.signalbox.gateway.bus.ExplainMessages.Explained;
import io.signalbox.gateway.bus.ExplainMessages.ExplainedCandidate;
import io.signalbox.gateway.bus.ExplainMessages.ExplainedChannel;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.SuppressionReason;
import io.signalbox.spi.Channel;
import io.signalbox.spi.intake.Priority;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What would happen to a notification, asked of the dispatcher. */
class ExplainDispatchTest extends BaseDispatchTest {

  @Test
  void theChoiceIsExplainedWithWhoWouldFollow() {
    Explained explained = explain(Map.of());

    assertThat(explained.what()).isEqualTo("attempt");
    assertThat(explained.chosen()).isEqualTo("first");
    assertThat(explained.chosenChannel()).isEqualTo(Channel.EMAIL);
    ExplainedChannel email = explained.channels().get(0);
    assertThat(email.rule()).isEqualTo("best_score");
    assertThat(email.then()).containsExactly("second");
    assertThat(email.candidates()).hasSize(2);
    ExplainedCandidate best = email.candidates().get(0);
    assertThat(best.ranked().parts()).isNotEmpty();
    assertThat(best.limit()).isBetween(1, 10);
    assertThat(best.reasonAgainst()).isNull();
  }

  @Test
  void askingTakesNoTurnNoPermitAndNoToken() {
    first.limitedTo(1);
    for (int i = 0; i < 20; i++) {
      assertThat(explain(Map.of()).chosen()).isEqualTo("first");
    }

    assertThat(endsIn(accept(), NotificationState.SENT).attempts().get(0).provider())
        .isEqualTo("first");

    assertThat(first.asked).hasSize(1);
    assertThat(second.asked).isEmpty();
    await()
        .untilAsserted(
            () ->
                assertThat(explain(Map.of()).channels().get(0).candidates())
                    .allSatisfy(candidate -> assertThat(candidate.inFlight()).isZero()));
  }

  @Test
  void anOpenBreakerIsNamedAsReasonAgainst() {
    first.breaker("open", 1);
    await().until(() -> "second".equals(explain(Map.of()).chosen()));

    ExplainedChannel email = explain(Map.of()).channels().get(0);

    assertThat(email.then()).isEmpty();
    assertThat(email.candidates())
        .filteredOn(candidate -> candidate.ranked().provider().equals("first"))
        .extracting(ExplainedCandidate::reasonAgainst)
        .containsExactly("breaker_open");
  }

  @Test
  void aSuppressedRecipientGoesNowhere() {
    Explained explained = explain(Map.of(Channel.EMAIL, SuppressionReason.HARD_BOUNCE));

    assertThat(explained.what()).isEqualTo("suppressed");
    assertThat(explained.chosen()).isNull();
    assertThat(explained.channels().get(0).suppressed()).isEqualTo(SuppressionReason.HARD_BOUNCE);
  }

  private Explained explain(Map<Channel, SuppressionReason> suppressed) {
    return done(
        bus.request(
            Addresses.EXPLAIN,
            new Explain(WorkItems.notification(Priority.NORMAL, null, null), suppressed),
            Explained.class,
            Duration.ofSeconds(30)));
  }
}
