package io.signalbox.gateway.degradation;

import static io.signalbox.gateway.degradation.Facts.DRAINED;
import static io.signalbox.gateway.degradation.Facts.FAILING;
import static io.signalbox.gateway.degradation.Facts.GOOD;
import static io.signalbox.gateway.degradation.Facts.OPEN;
import static io.signalbox.gateway.degradation.Facts.SPARE;
import static io.signalbox.gateway.degradation.Facts.TRIAL;
import static io.signalbox.gateway.degradation.Facts.WELL;
import static io.signalbox.gateway.degradation.Facts.attempts;
import static io.signalbox.gateway.degradation.Facts.channel;
import static io.signalbox.gateway.degradation.Facts.waiting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.signalbox.gateway.model.LaneKind;
import io.signalbox.gateway.spool.SpoolStatus;
import io.signalbox.spi.Channel;
import io.signalbox.spi.intake.Priority;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DegradationRulesTest {
  private static final long MIB = 1 << 20;
  private static final LaneKind FRESH = LaneKind.of(false, 0);
  private static final LaneKind RETRY = LaneKind.of(false, 1);
  private static final LaneKind BATCH = LaneKind.of(true, 0);

  private final DegradationRules rules =
      new DegradationRules(Facts.CONFIG.degradation(), Facts.CONFIG.intake());

  static Stream<Arguments> channels() {
    Channel email = Channel.EMAIL;
    return Stream.of(
        arguments(channel(email, GOOD, SPARE), "NORMAL"),
        arguments(channel(email, GOOD, OPEN), "PARTIAL email provider_lost (open: breaker_open)"),
        arguments(channel(email, GOOD, DRAINED), "PARTIAL email provider_lost (drained: draining)"),
        arguments(
            channel(email, GOOD, FAILING),
            "PARTIAL email provider_lost (failing: 4 of 10 attempts failed)"),
        arguments(
            channel(email, TRIAL, OPEN),
            "PARTIAL email provider_lost (trial: breaker_half_open, open: breaker_open)"),
        arguments(
            channel(email, FAILING, OPEN),
            "DEGRADED email all_providers_bad"
                + " (failing: 4 of 10 attempts failed, open: breaker_open)"),
        arguments(
            channel(email, OPEN, DRAINED),
            "DEGRADED email no_usable_provider (open: breaker_open, drained: draining)"),
        arguments(
            channel(email),
            "DEGRADED email no_usable_provider (none is configured, and notifications wait)"),
        arguments(attempts(19, 19, 0), "NORMAL"),
        arguments(attempts(20, 10, 0), "NORMAL"),
        arguments(
            attempts(20, 11, 0),
            "DEGRADED email low_success_rate (9 of 20 attempts in the last minute succeeded)"),
        arguments(attempts(0, 0, 3), "NORMAL"),
        arguments(attempts(36, 0, 4), "NORMAL"),
        arguments(
            attempts(35, 0, 4),
            "PARTIAL email fallback_in_use"
                + " (4 attempts in the last minute went over fallback channels)"),
        arguments(waiting(Priority.URGENT, FRESH, 15_000), "NORMAL"),
        arguments(
            waiting(Priority.URGENT, FRESH, 16_000),
            "DEGRADED email backlog_age (urgent: 7 wait, the oldest for 16 s)"),
        arguments(waiting(Priority.HIGH, FRESH, 120_000), "NORMAL"),
        arguments(
            waiting(Priority.NORMAL, RETRY, 121_000),
            "DEGRADED email backlog_age (normal, retries: 7 wait, the oldest for 121 s)"),
        arguments(waiting(Priority.HIGH, BATCH, 3_600_000), "NORMAL"),
        arguments(
            waiting(Priority.HIGH, BATCH, 3_601_000),
            "DEGRADED email backlog_age (high, batches: 7 wait, the oldest for 3601 s)"),
        arguments(waiting(Priority.LOW, FRESH, 3_600_000), "NORMAL"),
        arguments(
            waiting(Priority.LOW, FRESH, 3_601_000),
            "DEGRADED email backlog_age (low: 7 wait, the oldest for 3601 s)"));
  }

  @ParameterizedTest
  @MethodSource("channels")
  void judgesAChannel(ChannelFacts facts, String expected) {
    assertThat(text(rules.channel(facts))).isEqualTo(expected);
  }

  static Stream<Arguments> gateways() {
    return Stream.of(
        arguments(WELL, "NORMAL"),
        arguments(
            facts("commits fail", 3, 1000 * MIB, 0, false, false),
            "CRITICAL ledger_down (commits fail)"),
        arguments(facts("", 2_000, 1000 * MIB, 0, false, false), "NORMAL"),
        arguments(
            facts("", 2_001, 1000 * MIB, 0, false, false),
            "PARTIAL ledger_slow (a commit takes 2001 ms)"),
        arguments(facts("", 3, 256 * MIB, 0, false, false), "NORMAL"),
        arguments(
            facts("", 3, 255 * MIB, 0, false, false),
            "PARTIAL disk_low (255.0 MiB are free in the data directory)"),
        arguments(
            facts("", 3, 63 * MIB, 0, false, false),
            "CRITICAL disk_full (63.0 MiB are free in the data directory)"),
        arguments(facts("", 3, 1000 * MIB, 999_999, false, false), "NORMAL"),
        arguments(
            facts("", 3, 1000 * MIB, 1_000_000, false, false),
            "CRITICAL backlog_full (1000000 notifications wait)"),
        arguments(
            facts("", 3, 1000 * MIB, 0, true, false),
            "CRITICAL work_stalled (work is due and nothing is done)"),
        arguments(
            facts("", 3, 1000 * MIB, 0, false, true),
            "DEGRADED webhooks_stalled (stored webhooks take no effect)"));
  }

  private static GatewayFacts facts(
      String ledger, long commit, long disk, long waiting, boolean work, boolean webhooks) {
    return new GatewayFacts(ledger, commit, disk, waiting, work, webhooks, SpoolStatus.NONE, "");
  }

  static List<Arguments> spools() {
    return List.of(
        arguments("", new SpoolStatus(true, true, false, false, 0, 0), "NORMAL"),
        arguments(
            "commits fail",
            new SpoolStatus(true, true, true, false, 7, 9_000),
            "DEGRADED spooling"
                + " (PostgreSQL is away (commits fail), 7 notifications are in the spool)"),
        arguments(
            "the ledger does not answer",
            new SpoolStatus(true, true, false, false, 0, 0),
            "DEGRADED spooling (PostgreSQL is away (the ledger does not answer),"
                + " 0 notifications are in the spool)"),
        arguments(
            "",
            new SpoolStatus(true, true, true, false, 7, 9_000),
            "DEGRADED spooling (PostgreSQL is away, 7 notifications are in the spool)"),
        arguments(
            "",
            new SpoolStatus(true, true, true, true, 7, 9_000),
            "DEGRADED spooling (others have taken this gateway for dead, and it takes a new number,"
                + " 7 notifications are in the spool)"),
        arguments(
            "commits fail",
            new SpoolStatus(true, false, true, false, 9, 9_000),
            "CRITICAL spool_full (PostgreSQL is away (commits fail) and the spool takes no more,"
                + " 9 notifications are in the spool)"),
        arguments(
            "",
            new SpoolStatus(true, true, false, false, 3, 9_000),
            "DEGRADED spooling"
                + " (the ledger has not taken over 3 notifications of the spool yet)"),
        arguments(
            "commits fail",
            new SpoolStatus(false, false, false, false, 3, 9_000),
            "CRITICAL ledger_down (commits fail)"));
  }

  @ParameterizedTest
  @MethodSource("spools")
  void judgesAnAbsentLedgerByItsSpool(String ledger, SpoolStatus spool, String expected) {
    GatewayFacts facts = new GatewayFacts(ledger, 3, 1000 * MIB, 0, false, false, spool, "");

    assertThat(text(rules.gateway(facts, List.of(channel(Channel.SMS, GOOD))))).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("gateways")
  void judgesTheGatewayItself(GatewayFacts facts, String expected) {
    assertThat(text(rules.gateway(facts, List.of(channel(Channel.SMS, GOOD))))).isEqualTo(expected);
  }

  @Test
  void noChannelWorksIfNoneHasAUsableProvider() {
    assertThat(text(rules.gateway(WELL, List.of())))
        .isEqualTo("CRITICAL no_channel_works (no provider is configured)");
    assertThat(text(rules.gateway(WELL, List.of(channel(Channel.SMS)))))
        .isEqualTo("CRITICAL no_channel_works (no provider is configured)");
    List<ChannelFacts> broken = List.of(channel(Channel.SMS, OPEN), channel(Channel.EMAIL, OPEN));
    assertThat(text(rules.gateway(WELL, broken)))
        .isEqualTo("CRITICAL no_channel_works (no provider of any channel takes work)");
    List<ChannelFacts> half = List.of(channel(Channel.SMS, OPEN), channel(Channel.EMAIL, GOOD));
    assertThat(text(rules.gateway(WELL, half))).isEqualTo("NORMAL");
  }

  private static String text(Verdict verdict) {
    String reasons =
        verdict.reasons().stream().map(Object::toString).collect(Collectors.joining("; "));
    return (verdict.mode() + " " + reasons).trim();
  }
}
