package io.signalbox.gateway.rental;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.config.NumbersSettings;
import io.signalbox.spi.operation.Price;
import io.signalbox.spi.operation.Rental;
import io.signalbox.spi.operation.RentalMessage;
import io.signalbox.spi.operation.RentalState;
import io.signalbox.spi.operation.RentalStatus;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RentalStepTest {
  private static final long NOW = 1_800_000_000_000L;
  private static final Instant EXPIRY = Instant.ofEpochMilli(NOW).plus(Duration.ofMinutes(20));
  private static final NumbersSettings SETTINGS =
      new NumbersSettings(
          Duration.ofHours(6), "USD", Set.of(), Duration.ofSeconds(2), Duration.ofSeconds(10));
  private static final RentedNumber RENTED =
      RentedNumber.of(
          new Rental(
              "635468024",
              "+15550001234",
              new Price(new BigDecimal("1.25"), "USD"),
              Instant.ofEpochMilli(NOW),
              EXPIRY));
  private static final RentalMessage CODE =
      new RentalMessage("123456", "your code is 123456", Instant.ofEpochMilli(NOW + 5_000));

  @Test
  void whatIsStoredIsReadAgain() {
    RentedNumber received = RENTED.with(RentalState.RECEIVED, List.of(CODE), 3);
    assertThat(RentedNumber.of(received.toJson())).isEqualTo(received);
    RentedNumber bare = RentedNumber.of(new Rental("1", "+15550001234", null, null, null));
    assertThat(RentedNumber.of(bare.toJson())).isEqualTo(bare);
    assertThat(received).asString().doesNotContain("1555", "123456");
  }

  @Test
  void itIsAskedMoreAndMoreSeldomUntilItsEndAndOnceMore() {
    List<Long> waits = new ArrayList<>();
    RentalStep step = RentalStep.begin(RENTED, SETTINGS, NOW);
    long now = NOW;
    int asked = 0;
    while (step.followAtMillis() != 0) {
      waits.add(step.followAtMillis() - now);
      now = step.followAtMillis();
      step = answered(step.number(), RentalState.WAITING, List.of(), now);
      asked++;
    }
    assertThat(waits.subList(0, 6))
        .containsExactly(2_000L, 3_000L, 4_500L, 6_750L, 10_000L, 10_000L);
    assertThat(now).isEqualTo(EXPIRY.toEpochMilli() + RentalStep.GRACE.toMillis());
    assertThat(asked).isLessThan(130);
    assertThat(step.number().state()).isEqualTo(RentalState.EXPIRED);
  }

  @Test
  void aCodeIsNewsOnceAndIsLookedForOftenAgain() {
    RentedNumber waiting = RENTED.with(RentalState.WAITING, List.of(), 7);
    RentalStep first = answered(waiting, RentalState.RECEIVED, List.of(CODE), NOW);
    assertThat(first.news()).isTrue();
    assertThat(first.number().messages()).containsExactly(CODE);
    assertThat(first.followAtMillis()).isEqualTo(NOW + 2_000);

    RentalStep again = answered(first.number(), RentalState.RECEIVED, List.of(CODE), NOW);
    assertThat(again.news()).isFalse();
    RentalMessage codeAlone = new RentalMessage("123456", null, null);
    assertThat(answered(first.number(), RentalState.RECEIVED, List.of(codeAlone), NOW).news())
        .isFalse();

    RentalMessage second = new RentalMessage("654321", null, null);
    RentalStep both =
        answered(first.number(), RentalState.WAITING_FOR_ANOTHER, List.of(second), NOW);
    assertThat(both.news()).isTrue();
    assertThat(both.number().messages()).containsExactly(CODE, second);
  }

  @Test
  void theSameCodeOnceMoreIsNewsWhereOneMoreWasAskedFor() {
    RentedNumber waiting = RENTED.with(RentalState.WAITING_FOR_ANOTHER, List.of(CODE), 7);
    RentalMessage codeAlone = new RentalMessage("123456", null, null);
    assertThat(answered(waiting, RentalState.WAITING_FOR_ANOTHER, List.of(codeAlone), NOW).news())
        .isFalse();

    RentalStep again = answered(waiting, RentalState.RECEIVED, List.of(codeAlone), NOW);
    assertThat(again.news()).isTrue();
    assertThat(again.number().messages()).containsExactly(CODE);
    assertThat(answered(again.number(), RentalState.RECEIVED, List.of(codeAlone), NOW).news())
        .isFalse();
  }

  @Test
  void messagesOfWhichOneHasNoCodeAreTwo() {
    RentalMessage text = new RentalMessage(null, "welcome", null);
    RentalMessage code = new RentalMessage("1", null, null);
    assertThat(RentalStep.merged(List.of(text), List.of(code))).containsExactly(text, code);
  }

  @Test
  void theSameCodeAtAnotherTimeIsAnother() {
    RentalMessage later =
        new RentalMessage(CODE.code(), CODE.text(), Instant.ofEpochMilli(NOW + 60_000));
    assertThat(RentalStep.merged(List.of(CODE), List.of(CODE, later))).containsExactly(CODE, later);
  }

  @Test
  void soManyMessagesAreKeptAndNoneIsNewsTwice() {
    List<RentalMessage> many = new ArrayList<>();
    for (int i = 0; i < RentedNumber.MOST_MESSAGES + 5; i++) {
      many.add(new RentalMessage("c" + i, null, null));
    }
    RentalStep step = answered(RENTED, RentalState.RECEIVED, many, NOW);
    assertThat(step.number().messages()).hasSize(RentedNumber.MOST_MESSAGES);
    assertThat(answered(step.number(), RentalState.RECEIVED, many, NOW).news()).isFalse();
  }

  @Test
  void whatHasEndedIsNotAskedAgain() {
    for (RentalState state : RentalState.values()) {
      RentalStep step = answered(RENTED, state, List.of(), NOW);
      assertThat(step.followAtMillis() == 0).as(state.wireName()).isEqualTo(!state.isLive());
      assertThat(step.number().state())
          .isEqualTo(state == RentalState.ENDED ? RentalState.CANCELLED : state);
    }
  }

  @Test
  void oneWordForGivenBackAndForTimedOutIsToldApartByTheTime() {
    long end = EXPIRY.toEpochMilli();
    assertThat(ended(List.of(), end - RentalStep.GRACE.toMillis() - 1))
        .isEqualTo(RentalState.CANCELLED);
    for (long at : new long[] {end - RentalStep.GRACE.toMillis(), end, end + 3_600_000}) {
      assertThat(ended(List.of(), at)).isEqualTo(RentalState.EXPIRED);
      assertThat(ended(List.of(CODE), at)).isEqualTo(RentalState.FINISHED);
    }
  }

  private static RentalState ended(List<RentalMessage> messages, long at) {
    return answered(RENTED, RentalState.ENDED, messages, at).number().state();
  }

  @Test
  void aProviderThatSaysNothingOfTheEndIsAskedForAnHour() {
    RentedNumber endless = RentedNumber.of(new Rental("1", "+15550001234", null, null, null));
    long last = NOW + RentalStep.LONGEST_UNKNOWN.toMillis() + RentalStep.GRACE.toMillis();
    assertThat(RentalStep.unanswered(endless, NOW, SETTINGS, last - 1).followAtMillis())
        .isPositive();
    RentalStep end = RentalStep.unanswered(endless, NOW, SETTINGS, last);
    assertThat(end.followAtMillis()).isZero();
    assertThat(end.number().state()).isEqualTo(RentalState.EXPIRED);
    RentedNumber coded = endless.with(RentalState.RECEIVED, List.of(CODE), 0);
    assertThat(RentalStep.unanswered(coded, NOW, SETTINGS, last).number().state())
        .isEqualTo(RentalState.FINISHED);
  }

  @Test
  void aRentalThatTheProviderDoesNotKnowStaysAsItIsUntilItsEnd() {
    RentalStep step = RentalStep.answered(RENTED, Optional.empty(), NOW, SETTINGS, NOW);
    assertThat(step.number().state()).isEqualTo(RentalState.WAITING);
    assertThat(step.followAtMillis()).isPositive();
  }

  private static RentalStep answered(
      RentedNumber before, @Nullable RentalState state, List<RentalMessage> messages, long now) {
    return RentalStep.answered(
        before, Optional.of(new RentalStatus(state, messages)), NOW, SETTINGS, now);
  }
}
