package io.signalbox.gateway.dispatch;

import io.signalbox.gateway.policy.PolicyBook;
import io.signalbox.gateway.policy.Unserved;
import io.signalbox.spi.Channel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells in the log, once each, what routing policies name and nobody serves. Thread-confined. */
final class PolicyWatch {
  private static final Logger LOG = LoggerFactory.getLogger(PolicyWatch.class);

  private final ProviderBoard board;
  private final PolicyBook policies;
  private List<Unserved> told = List.of();
  private boolean complete;

  PolicyWatch(ProviderBoard board, PolicyBook policies) {
    this.board = board;
    this.policies = policies;
  }

  /** From now on the board has every provider of the start. */
  void complete() {
    if (!complete) {
      complete = true;
      look();
    }
  }

  /** Called when providers or policies have changed. */
  void look() {
    if (!complete) {
      return;
    }
    Map<String, Set<Channel>> providers = new HashMap<>();
    for (BoardEntry entry : board.all()) {
      providers.put(entry.state().provider(), entry.state().channels());
    }
    List<Unserved> now = Unserved.in(policies.current().policies(), providers);
    for (Unserved each : now) {
      if (!told.contains(each)) {
        LOG.warn(
            "routing policy {}: {} {}: {}",
            each.policy(),
            each.key(),
            each.value(),
            each.problem());
      }
    }
    told = now;
  }
}
