package io.signalbox.gateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.bus.NodeProviderExamples;
import io.signalbox.gateway.bus.NodeProviderMessages.ProvidersHere;
import io.signalbox.gateway.bus.ProviderMessages.BreakerView;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import java.util.List;
import org.junit.jupiter.api.Test;

class OffersTest {
  private static final String MAIL = "mail";
  private static final ClusterMember ELDEST = new ClusterMember("a", "host-a:1", false);
  private static final ClusterMember SECOND = new ClusterMember("b", "host-b:1", false);
  private static final ClusterMember NOBODY = new ClusterMember("c", "host-c:1", false);
  private static final List<ClusterMember> PEERS = List.of(NOBODY, ELDEST, SECOND);

  private final Offers offers = new Offers();

  private boolean tells(ClusterMember node, String breaker, long nowMillis) {
    return offers.take(
        new ProvidersHere(node.id(), 70 + nowMillis, false, List.of(mail(breaker))), nowMillis);
  }

  private static ProviderState mail(String breaker) {
    ProviderState state = NodeProviderExamples.state(MAIL, 1, Stage.ACTIVE);
    return new ProviderState(
        state.provider(),
        state.plugin(),
        state.pluginVersion(),
        state.generation(),
        state.channels(),
        state.priority(),
        state.weight(),
        state.limits(),
        state.timeout(),
        state.statusLookup(),
        state.stage(),
        new BreakerView(breaker, 4, 0, 1, false, "", 9),
        state.warnings());
  }

  @Test
  void aClosedBreakerCountsMoreThanWhoHasLentSoFarAndThatMoreThanAge() {
    tells(ELDEST, "closed", 0);
    tells(SECOND, "closed", 0);
    assertThat(offers.lender(MAIL, PEERS, null)).isEqualTo(ELDEST);
    assertThat(offers.lender(MAIL, PEERS, SECOND.id())).isEqualTo(SECOND);
    tells(SECOND, "open", 1);
    assertThat(offers.lender(MAIL, PEERS, SECOND.id())).isEqualTo(ELDEST);
    tells(ELDEST, "half_open", 1);
    assertThat(offers.lender(MAIL, PEERS, SECOND.id())).isEqualTo(SECOND);
    assertThat(offers.lender("other", PEERS, null)).isNull();
  }

  @Test
  void nothingIsBelievedForSomeSecondsOfANodeThatDoesNotHear() {
    assertThat(tells(ELDEST, "closed", 0)).isTrue();
    assertThat(tells(ELDEST, "closed", 0)).as("nothing new").isFalse();
    assertThat(offers.refuse(ELDEST.id(), 100)).isTrue();
    assertThat(tells(ELDEST, "closed", 1_000)).isFalse();
    assertThat(offers.lender(MAIL, PEERS, null)).isNull();
    assertThat(offers.nowThere(ELDEST.id(), 1_000)).isEmpty();
    assertThat(tells(ELDEST, "closed", 5_100)).isTrue();
    assertThat(offers.lender(MAIL, PEERS, null)).isEqualTo(ELDEST);
  }

  @Test
  void whatIsNotRepeatedLapses() {
    tells(ELDEST, "closed", 0);
    tells(SECOND, "closed", 1);
    offers.lapse(5_001);
    assertThat(offers.of(ELDEST, MAIL)).isNull();
    assertThat(offers.providers()).containsExactly(MAIL);
    assertThat(offers.nowThere(SECOND.id(), 11)).hasValue(81);
  }
}
