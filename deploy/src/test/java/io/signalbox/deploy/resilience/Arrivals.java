package io.signalbox.deploy.resilience;

import io.signalbox.deploy.Messages;
import io.signalbox.deploy.SimulatorProcess;
import io.signalbox.deploy.SimulatorProcess.Received;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What reached recipients, by the simulator's own list.
 *
 * @param firstAt when each mail arrived first, in milliseconds since 1970
 * @param times how often each arrived
 */
record Arrivals(Map<Integer, Long> firstAt, Map<Integer, Integer> times) {

  /** Copies the maps. */
  Arrivals {
    firstAt = Map.copyOf(firstAt);
    times = Map.copyOf(times);
  }

  static Arrivals of(Plan plan, SimulatorProcess simulator) {
    Map<Integer, Long> firstAt = new HashMap<>();
    Map<Integer, Integer> times = new HashMap<>();
    for (String plugin : Scenario.ALL) {
      List<Received> received = simulator.received(plugin);
      for (Received one : received) {
        int number = Messages.number(one.text());
        if (one.delivered() && plan.has(number)) {
          firstAt.merge(number, one.takenAt().toEpochMilli(), Math::min);
          times.merge(number, 1, Integer::sum);
        }
      }
    }
    return new Arrivals(firstAt, times);
  }

  /** Of all mails together. */
  int total() {
    return times.values().stream().mapToInt(Integer::intValue).sum();
  }
}
