package io.signalbox.gateway.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.signalbox.gateway.bus.ScoringMessages.Deliveries;
import io.signalbox.gateway.bus.ScoringMessages.Observed;
import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.DeliveryNews;
import io.signalbox.gateway.ledger.DeliveryNews.Verdict;
import io.signalbox.gateway.ledger.PastResult;
import io.signalbox.scoring.Candidate;
import io.signalbox.spi.Channel;
import io.signalbox.spi.OutcomeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A message a second by each provider, delivered within a second; then receipts stop. */
class HearingTest {
  private static final long BEGIN = 1_800_000_000_000L;

  private final GatewayConfig config = ConfigLoader.load(Optional.empty(), Map.of(), Map.of());
  private final HealthBook book = new HealthBook(config.scoring(), 1);

  @Test
  void noProviderIsBlamedWhileNobodysReceiptsComeNorAfterwards() {
    providers("a", "b", "mute");
    traffic(0, 200, "a", "b");
    traffic(200, 800);
    for (int second : new int[] {203, 210, 400, 800}) {
      assertThat(share("a", second)).as("second %d", second).isEqualTo(1);
      assertThat(share("b", second)).as("second %d", second).isEqualTo(1);
    }

    // Receipts come again, those of the silence do not.
    traffic(800, 900, "a", "b");
    assertThat(share("a", 920)).isEqualTo(1);
    assertThat(share("b", 920)).isEqualTo(1);

    // And a provider that falls silent alone is blamed as ever.
    traffic(900, 1_200, "b");
    assertThat(share("a", 1_200)).isLessThan(0.2);
    assertThat(share("b", 1_200)).isEqualTo(1);
  }

  @Test
  void theOnlyOneThatReportsDeliveriesIsNotJudgedBySilence() {
    providers("a", "mute");
    traffic(0, 200, "a");
    traffic(200, 800);
    assertThat(share("a", 800)).isEqualTo(1);
  }

  @Test
  void aSecondOneThatHasReportedOnceShowsWhoIsSilent() {
    providers("a", "b");
    traffic(0, 1, "b");
    traffic(1, 200, "a");
    traffic(200, 400);
    tell(book, "b", 1, Verdict.DELIVERED, at(399));
    assertThat(share("a", 410)).isLessThan(0.2);
  }

  @Test
  void aReceiptOfAnyKindShowsThatWeHear() {
    providers("a", "b");
    traffic(0, 200, "a", "b");
    traffic(200, 400, "b");
    assertThat(share("a", 400)).isLessThan(0.2);
    HealthBook other = new HealthBook(config.scoring(), 1);
    other.update(ProviderStates.active("a", 1));
    for (int i = 0; i < 400; i++) {
      sent(other, "a", i);
      tell(other, "a", i, i < 200 ? Verdict.DELIVERED : Verdict.NONE, at(i) + 1_000);
    }
    assertThat(share(other, "a", 400)).isLessThan(0.2);
  }

  @Test
  void whatLookUpsFindDoesNotShowThatWebhooksReachUs() {
    providers("a", "b");
    traffic(0, 200, "a", "b");
    for (int i = 200; i < 800; i++) {
      traffic(i, i + 1);
      book.hear(new Deliveries(List.of(lookedUp("a", i - 100, at(i)))));
    }
    assertThat(share("a", 800)).isEqualTo(1);
    assertThat(share("b", 800)).isEqualTo(1);
  }

  @Test
  void whatLookUpsFindCountsAsDelivered() {
    providers("a", "b");
    for (int i = 0; i < 400; i++) {
      traffic(i, i + 1, "b");
      if (i % 2 == 0) {
        book.hear(new Deliveries(List.of(lookedUp("a", i, at(i) + 1_000))));
      }
    }
    assertThat(share("a", 400)).isEqualTo(0.5, within(0.02));
  }

  @Test
  void receiptsThatWaitedInOurOwnBacklogBlameNobody() {
    providers("a", "b");
    traffic(0, 100, "a", "b");
    for (int i = 100; i < 500; i++) {
      sent(book, "a", i);
      sent(book, "b", i);
    }
    // At second 500 those are worked off that came in at second 201.
    for (int i = 100; i < 200; i++) {
      tell(book, "a", i, Verdict.DELIVERED, at(i) + 1_000);
      tell(book, "b", i, Verdict.DELIVERED, at(i) + 1_000);
    }
    assertThat(share("a", 500)).isEqualTo(1);
    assertThat(share("b", 500)).isEqualTo(1);
  }

  @Test
  void whatWasReportedWhileTheGatewayWasDownBlamesNobody() {
    List<PastResult> past = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      DeliveryNews news = i < 200 ? news("a", i, Verdict.DELIVERED, at(i) + 1_000) : null;
      past.add(new PastResult("a", Channel.SMS, OutcomeKind.SENT, 20, at(i), news));
    }
    book.remember(past, List.of());
    providers("a", "b");

    assertThat(share("a", 3_600)).isEqualTo(1);
    assertThat(health("a", 3_600).health().delivery().judged()).isEqualTo(200);
    // Traffic goes on before the first receipt comes, and the first receipt comes.
    for (int i = 3_600; i < 3_700; i++) {
      sent(book, "a", i);
    }
    assertThat(share("a", 3_700)).isEqualTo(1);
    tell(book, "a", 3_699, Verdict.DELIVERED, at(3_700));
    assertThat(share("a", 3_720)).isEqualTo(1);
  }

  @Test
  void whatWasMissingLongBeforeAStopCountsAfterIt() {
    long late = config.scoring().lateAfterMax().toSeconds();
    List<PastResult> past = new ArrayList<>();
    for (int i = 0; i < 200 + late; i++) {
      DeliveryNews news = i % 2 == 0 ? news("a", i, Verdict.DELIVERED, at(i) + 1_000) : null;
      past.add(new PastResult("a", Channel.SMS, OutcomeKind.SENT, 20, at(i), news));
    }
    book.remember(past.subList(0, 200), List.of());
    book.remember(List.of(past.get(past.size() - 1)), List.of());
    providers("a");
    assertThat(share("a", 2 * (int) late)).isEqualTo(0.5, within(0.02));
  }

  @Test
  void aSilenceOfAllThatWasForgivenIsForgivenAfterARestart() {
    remember(700, 300, 600, "a", "b");
    assertThat(share("a", 5_100)).isEqualTo(1);
    assertThat(share("b", 5_100)).isEqualTo(1);
    assertThat(health("b", 5_100).health().delivery().judged()).isEqualTo(200);
  }

  @Test
  void oneThatWasSilentAloneIsBlamedAfterARestart() {
    remember(600, 300, 600, "a");
    assertThat(share("a", 5_100)).isEqualTo(0.1, within(0.01));
    assertThat(share("b", 5_100)).isEqualTo(1);
  }

  @Test
  void whatOthersReportedIsKnownThoughTheirAttemptsAreNotInTheHistory() {
    List<PastResult> past = history("a", 600, 300, 600);
    List<Long> heard = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      heard.add(at(i) + 500);
    }
    past.add(past("b", 5_000, null));
    book.remember(past, heard);
    providers("a", "b");
    assertThat(share("a", 5_100)).isEqualTo(0.1, within(0.01));
  }

  /** A run of a and b, a message a second by each; those named are not heard for some time. */
  private void remember(int seconds, int silentFrom, int silentTo, String... silent) {
    List<PastResult> past = new ArrayList<>();
    for (String id : List.of("a", "b")) {
      boolean falls = List.of(silent).contains(id);
      past.addAll(history(id, seconds, falls ? silentFrom : seconds, silentTo));
    }
    past.add(past("b", 5_000, null));
    book.remember(past, List.of());
    providers("a", "b");
  }

  private static List<PastResult> history(
      String provider, int seconds, int silentFrom, int silentTo) {
    List<PastResult> past = new ArrayList<>();
    for (int i = 0; i < seconds; i++) {
      boolean silent = i >= silentFrom && i < silentTo;
      // Within a silence look-ups find every tenth.
      DeliveryNews found = i % 10 == 0 ? lookedUp(provider, i, at(i) + 1_000) : null;
      DeliveryNews told = news(provider, i, Verdict.DELIVERED, at(i) + 1_000);
      past.add(past(provider, i, silent ? found : told));
    }
    return past;
  }

  private static PastResult past(String provider, int second, @Nullable DeliveryNews news) {
    return new PastResult(provider, Channel.SMS, OutcomeKind.SENT, 20, at(second), news);
  }

  private void providers(String... ids) {
    for (String id : ids) {
      book.update(ProviderStates.active(id, 1));
    }
  }

  /** A message a second by a and b; those named report its delivery. */
  private void traffic(int from, int to, String... reporting) {
    for (int i = from; i < to; i++) {
      sent(book, "a", i);
      sent(book, "b", i);
      sent(book, "mute", i);
      for (String provider : reporting) {
        tell(book, provider, i, Verdict.DELIVERED, at(i) + 1_000);
      }
    }
  }

  private static void sent(HealthBook book, String provider, int second) {
    book.observe(new Observed(provider, Channel.SMS, OutcomeKind.SENT, null, 20, at(second)));
  }

  private static void tell(
      HealthBook book, String provider, int second, Verdict verdict, long heardAt) {
    book.hear(new Deliveries(List.of(news(provider, second, verdict, heardAt))));
  }

  private static DeliveryNews news(String provider, int second, Verdict verdict, long heardAt) {
    return new DeliveryNews(
        provider, Channel.SMS, at(second), verdict, at(second) + 1_000, heardAt, false);
  }

  private static DeliveryNews lookedUp(String provider, int second, long heardAt) {
    return new DeliveryNews(
        provider, Channel.SMS, at(second), Verdict.DELIVERED, at(second) + 1_000, heardAt, true);
  }

  private double share(String provider, int second) {
    return share(book, provider, second);
  }

  private static double share(HealthBook book, String provider, int second) {
    return book.candidates(Channel.SMS, at(second)).stream()
        .filter(candidate -> candidate.provider().equals(provider))
        .findAny()
        .orElseThrow()
        .health()
        .delivery()
        .share();
  }

  private Candidate health(String provider, int second) {
    return book.candidates(Channel.SMS, at(second)).stream()
        .filter(candidate -> candidate.provider().equals(provider))
        .findAny()
        .orElseThrow();
  }

  private static long at(int second) {
    return BEGIN + second * 1_000L;
  }
}
