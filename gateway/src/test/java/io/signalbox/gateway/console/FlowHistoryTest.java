package io.signalbox.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.console.FlowHistory.Rates;
import io.signalbox.gateway.console.FlowHistory.Totals;
import io.signalbox.gateway.console.ProviderHistory.Second;
import org.junit.jupiter.api.Test;

class FlowHistoryTest {
  @Test
  void whatCameSinceTheLastLookIsToldASecond() {
    FlowHistory flow = new FlowHistory(10);
    assertThat(flow.newest()).isEqualTo(new Rates(0, 0, 0, 0, 0));
    flow.look(1_000, new Totals(500, 400, 300, 5));
    assertThat(flow.all()).isEmpty();
    flow.look(3_000, new Totals(520, 410, 301, 5));
    assertThat(flow.newest()).isEqualTo(new Rates(3_000, 10, 5, 0.5, 0));
  }

  @Test
  void onlyTheNewestAreKeptAndNoTimeIsNoSecond() {
    FlowHistory flow = new FlowHistory(3);
    for (int i = 0; i < 9; i++) {
      flow.look(i * 1_000L, new Totals(i, 0, 0, 0));
      flow.look(i * 1_000L, new Totals(1_000, 0, 0, 0));
    }
    assertThat(flow.all()).hasSize(3);
    assertThat(flow.all()).allSatisfy(each -> assertThat(each.accepted()).isEqualTo(1));
    assertThat(flow.all().get(0).atMillis()).isEqualTo(6_000);
  }

  @Test
  void aClockThatGoesBackCostsOneSecondAndNotTheHour() {
    FlowHistory flow = new FlowHistory(3);
    flow.look(3_600_000, new Totals(0, 0, 0, 0));
    flow.look(1_000, new Totals(50, 0, 0, 0));
    assertThat(flow.all()).isEmpty();
    flow.look(2_000, new Totals(53, 0, 0, 0));
    assertThat(flow.newest()).isEqualTo(new Rates(2_000, 3, 0, 0, 0));
  }

  @Test
  void anAttemptsMeanTimeIsOfTheSecond() {
    ProviderHistory history = new ProviderHistory(2);
    history.look(0, new ProviderHistory.Totals(10, 1, 9_000));
    history.look(2_000, new ProviderHistory.Totals(14, 2, 9_200));
    assertThat(history.newest()).isEqualTo(new Second(2_000, 2, 0.5, 50));
    history.look(3_000, new ProviderHistory.Totals(14, 2, 9_200));
    assertThat(history.newest()).isEqualTo(new Second(3_000, 0, 0, 0));
    history.look(4_000, new ProviderHistory.Totals(15, 2, 9_300));
    assertThat(history.all()).hasSize(2);
  }
}
