package io.signalbox.gateway.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.bus.ScoringMessages.ChannelRanking;
import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.StoredPreferences;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.gateway.policy.PolicyBook;
import io.signalbox.gateway.policy.PolicyDefaults;
import io.signalbox.gateway.preferences.Preferences;
import io.signalbox.gateway.rate.RateDesk;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Content;
import io.signalbox.spi.Recipient;
import io.signalbox.spi.intake.Priority;
import io.signalbox.spi.intake.SendNotification;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is done with mail while some providers are on trial, and it may go as a text instead. */
class OnTrialTest {
  private static final long NOW = WorkItems.ACCEPTED_AT + 1_000;
  private static final int MORE_THAN_A_TICK_PUTS_OFF = 1_000;

  private final GatewayConfig config =
      ConfigLoader.load(Optional.empty(), Map.of(), Map.of("dispatch.window", "10m"));
  private final PolicyBook policies =
      new PolicyBook(new PolicyDefaults(config.dispatch(), config.unknown()));
  private final ProviderBoard board =
      new ProviderBoard(
          10, new CoolDownRange(Duration.ofSeconds(1), Duration.ofMinutes(1)), RateDesk.ALONE);
  private final ProviderChooser chooser =
      new ProviderChooser(
          board,
          new DrillRules(told -> {}),
          Preferences.of(StoredPreferences.NONE, config.scoring(), config.dispatch()),
          0,
          new SplittableRandom(1));
  private final LaneGate gate = new LaneGate(board, policies);
  private final Map<Channel, ChannelRanking> rankings = new EnumMap<>(Channel.class);

  @Test
  void theOwnProviderThatIsOnlyBusyIsWaitedForAndNotTheOneOnTrial() {
    busy("alpha", Channel.EMAIL);
    onTrial("beta", Channel.EMAIL);
    ready("gamma", Channel.SMS);
    ranked(Channel.EMAIL, "alpha", "beta");
    ranked(Channel.SMS, "gamma");

    assertThat(plan(null)).isEqualTo(new Plan.WaitForPermit(entry("alpha")));
  }

  @Test
  void aFallbackChannelOnTrialDoesNotEndTheSearch() {
    open("alpha", Channel.EMAIL);
    onTrial("gamma", Channel.SMS);
    ready("delta", Channel.TELEGRAM);
    ranked(Channel.EMAIL, "alpha");
    ranked(Channel.SMS, "gamma");
    ranked(Channel.TELEGRAM, "delta");

    assertThat(plan(null))
        .isInstanceOfSatisfying(
            Plan.Try.class, plan -> assertThat(plan.provider()).isSameAs(entry("delta")));

    open("delta", Channel.TELEGRAM);
    assertThat(plan(null)).isEqualTo(new Plan.WaitForPermit(entry("gamma")));
  }

  @Test
  void theTrialOfTheOwnChannelIsWaitedForIfNoFallbackCanTakeItNow() {
    onTrial("alpha", Channel.EMAIL);
    onTrial("gamma", Channel.SMS);
    busy("delta", Channel.TELEGRAM);
    ranked(Channel.EMAIL, "alpha");
    ranked(Channel.SMS, "gamma");
    ranked(Channel.TELEGRAM, "delta");

    assertThat(plan(null)).isEqualTo(new Plan.WaitForPermit(entry("alpha")));
  }

  @Test
  void whatOnlyTheProviderOnTrialMayTakeStaysInItsLane() {
    onTrial("alpha", Channel.EMAIL);
    ready("gamma", Channel.SMS);

    assertThat(mayGo("alpha")).isFalse();
    assertThat(mayGo(null)).isTrue();
    assertThat(mayGo("gamma")).isTrue();
  }

  @Test
  void whatMayHaveToWaitForATrialGoesOnlyWhileThereIsRoomToPutItOff() {
    onTrial("alpha", Channel.EMAIL);
    ready("gamma", Channel.SMS);
    spendTheRoom();
    assertThat(mayGo(null)).isFalse();

    gate.tick();
    assertThat(mayGo(null)).isTrue();
  }

  @Test
  void whatAFallbackMayNotTakeIsPutOffOnlyWhileThereIsRoom() {
    open("alpha", Channel.EMAIL);
    ready("gamma", Channel.SMS);
    assertThat(mayGo("alpha")).isTrue();
    spendTheRoom();

    assertThat(mayGo("alpha")).isFalse();
    assertThat(mayGo(null)).isTrue();
    assertThat(mayGo("gamma")).isTrue();
  }

  @Test
  void whatOnlyAProviderMayTakeThatIsGoneIsPutOffOnlyWhileThereIsRoom() {
    ready("alpha", Channel.EMAIL);
    assertThat(mayGo("gone")).isTrue();
    spendTheRoom();

    assertThat(mayGo("gone")).isFalse();
    assertThat(mayGo("alpha")).isTrue();
  }

  private void spendTheRoom() {
    for (int i = 0; i < MORE_THAN_A_TICK_PUTS_OFF; i++) {
      gate.putOff();
    }
  }

  private boolean mayGo(@Nullable String pinned) {
    return gate.mayGo(mail(pinned), NOW);
  }

  private Plan plan(@Nullable String pinned) {
    WorkItem item = mail(pinned);
    chooser.rankings(rankings);
    return chooser.plan(item, policies.resolve(item.notification()), NOW);
  }

  private static WorkItem mail(@Nullable String pinned) {
    SendNotification notification =
        new SendNotification(
            SendNotification.DEFAULT_TENANT,
            "test",
            Channel.EMAIL,
            List.of(
                new Recipient.Email("a@example.com"),
                new Recipient.Phone("+15558675310"),
                new Recipient.TelegramChat(7)),
            new Content("t", "m", null),
            Priority.NORMAL,
            List.of(Channel.SMS, Channel.TELEGRAM),
            null,
            null,
            null,
            null,
            pinned,
            null,
            null,
            null,
            Map.of(),
            Map.of(),
            false,
            null);
    return WorkItems.item(notification, 0, List.of());
  }

  private BoardEntry entry(String provider) {
    BoardEntry entry = board.find(provider);
    if (entry == null) {
      throw new AssertionError(provider);
    }
    return entry;
  }

  private void ready(String provider, Channel channel) {
    board.update(DecisionWorld.state(provider, channel, 1, 1, "closed"));
  }

  private void open(String provider, Channel channel) {
    board.update(DecisionWorld.state(provider, channel, 1, 1, "open"));
  }

  private void busy(String provider, Channel channel) {
    ready(provider, channel);
    entry(provider).reserve(NOW);
  }

  /** It gave a permit back just now, and has the next one out. */
  private void onTrial(String provider, Channel channel) {
    board.update(DecisionWorld.state(provider, channel, 1, 10, "half_open"));
    entry(provider).giveBack(entry(provider).reserve(NOW), NOW);
    entry(provider).reserve(NOW);
  }

  private void ranked(Channel channel, String... providers) {
    rankings.put(channel, DecisionWorld.ranking(channel, providers));
  }
}
