package io.signalbox.deploy.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class TallyTest {
  private static final BigDecimal PRICE = new BigDecimal("20.00");

  private static Sold sold(String name, boolean live) {
    return new Sold("fivesim", "id-" + name, name, "us wa", PRICE, live, live);
  }

  private static Told told(String key, String name) {
    return name == null
        ? new Told(key, "op", "failed", null, null, BigDecimal.ZERO)
        : new Told(key, "op", "waiting", "fivesim", name, new BigDecimal("20"));
  }

  @Test
  void oneRentalForEachOfThoseWhoHaveOneIsRight() {
    Tally tally =
        Tally.of(
            List.of(sold("+1", true), sold("+2", true), sold("+3", false)),
            List.of(told("a", "+1"), told("b", "+2"), told("c", null)));

    assertThat(tally.isRight()).as("%s", tally).isTrue();
    assertThat(tally.requests()).isEqualTo(3);
    assertThat(tally.done()).isEqualTo(2);
    assertThat(tally.spent()).isEqualByComparingTo("40");
  }

  @Test
  void whatLivesAndIsNobodysIsFound() {
    Tally tally = Tally.of(List.of(sold("+1", true), sold("+2", true)), List.of(told("a", "+1")));

    assertThat(tally.isRight()).isFalse();
    assertThat(tally.nobodys()).hasSize(1).allMatch(text -> text.contains("+2"));
  }

  @Test
  void whatTwoWereToldOfIsFound() {
    Tally tally = Tally.of(List.of(sold("+1", true)), List.of(told("a", "+1"), told("b", "+1")));

    assertThat(tally.isRight()).isFalse();
    assertThat(tally.shared()).hasSize(1);
  }

  @Test
  void whatAClientBelievesInAndIsGoneIsFound() {
    Tally tally = Tally.of(List.of(sold("+1", false)), List.of(told("a", "+1"), told("b", "+9")));

    assertThat(tally.isRight()).isFalse();
    assertThat(tally.gone()).hasSize(2);
  }
}
