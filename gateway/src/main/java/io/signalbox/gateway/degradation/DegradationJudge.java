package io.signalbox.gateway.degradation;

import io.signalbox.gateway.config.DegradationSettings;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.degradation.DegradationStatus.ChannelStatus;
import io.signalbox.gateway.model.DegradationMode;
import io.signalbox.gateway.model.DegradationReason;
import io.signalbox.spi.Channel;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the status of the whole from facts and time: the rules say what the facts mean, each
 * channel and the gateway itself hold their modes. No I/O, no clock. Thread-confined.
 */
final class DegradationJudge {
  private final DegradationRules rules;
  private final DegradationSettings settings;
  private final Map<Channel, HeldVerdict> channels = new EnumMap<>(Channel.class);
  private final HeldVerdict gateway;
  private DegradationStatus status;

  DegradationJudge(DegradationSettings settings, GatewayConfig.Intake intake, long nowMillis) {
    this.rules = new DegradationRules(settings, intake);
    this.settings = settings;
    this.gateway = held(nowMillis);
    this.status = DegradationStatus.normal(nowMillis);
  }

  /** The status that follows from facts now; a channel without facts is forgotten. */
  DegradationStatus judge(GatewayFacts facts, List<ChannelFacts> ofChannels, long nowMillis) {
    channels
        .keySet()
        .removeIf(known -> ofChannels.stream().noneMatch(now -> now.channel() == known));
    gateway.observe(rules.gateway(facts, ofChannels), nowMillis);
    DegradationMode mode = gateway.verdict().mode();
    List<DegradationReason> reasons = new ArrayList<>(gateway.verdict().reasons());
    Map<Channel, ChannelStatus> statuses = new EnumMap<>(Channel.class);
    for (ChannelFacts channel : ofChannels) {
      HeldVerdict held = channels.computeIfAbsent(channel.channel(), first -> held(nowMillis));
      held.observe(rules.channel(channel), nowMillis);
      Verdict verdict = held.verdict();
      mode = mode.orWorse(verdict.mode());
      reasons.addAll(verdict.reasons());
      statuses.put(
          channel.channel(),
          new ChannelStatus(verdict.mode(), held.sinceMillis(), verdict.reasons(), channel));
    }
    long since = mode == status.mode() ? status.sinceMillis() : nowMillis;
    status = new DegradationStatus(mode, since, reasons, gateway.verdict().mode(), statuses);
    return status;
  }

  private HeldVerdict held(long nowMillis) {
    return new HeldVerdict(
        settings.enterAfter().toMillis(), settings.leaveAfter().toMillis(), nowMillis);
  }
}
