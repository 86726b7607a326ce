package io.signalbox.gateway.ledger.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.sql.EraseOrder.Phase;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EraseOrderTest {

  @Test
  void thePhasesFollowEachOtherAsTheyAreDeclaredToTheEnd() {
    List<Phase> phases = List.of(Phase.values());
    for (int i = 0; i + 1 < phases.size(); i++) {
      assertThat(phases.get(i).next()).isEqualTo(phases.get(i + 1));
    }
    assertThat(phases.get(phases.size() - 1)).isEqualTo(Phase.END);
    assertThat(Phase.END.next()).isEqualTo(Phase.END);
  }

  @Test
  void aNumberThatIsStoredKeepsItsMeaning() {
    assertThat(Phase.ofCode(7)).isEqualTo(Phase.OPERATIONS);
    assertThat(Phase.ofCode(8)).isEqualTo(Phase.END);
    assertThat(Phase.ofCode(9)).isEqualTo(Phase.BOOKINGS);
    assertThat(Arrays.stream(Phase.values()).map(Phase::code)).doesNotHaveDuplicates();
  }
}
