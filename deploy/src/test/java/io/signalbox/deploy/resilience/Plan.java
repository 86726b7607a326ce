package io.signalbox.deploy.resilience;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * One run of a scenario.
 *
 * @param perSecond mails a second while it runs
 * @param seed of the outages, the simulator's chances, the kill and the baselines
 * @param killed whether the system is killed and restarted at a random moment
 * @param firstNumber the number of its first mail
 * @param drainLimit how long the system may work after the last mail
 * @param quiet how long nothing arrives until the end is believed
 * @param mailOptions what every mail carries beside its text
 */
record Plan(
    Scenario scenario,
    Duration duration,
    int perSecond,
    long seed,
    boolean killed,
    int firstNumber,
    Duration drainLimit,
    Duration quiet,
    JsonObject mailOptions) {

  private static final double EARLIEST_KILL = 0.2;
  private static final double LATEST_KILL = 0.8;

  int count() {
    return (int) (duration.toMillis() * perSecond / 1000);
  }

  boolean has(int number) {
    return number >= firstNumber && number < firstNumber + count();
  }

  List<Outage> outages() {
    return scenario.outages(duration.toMillis(), new Random(seed));
  }

  /** A run without a fault before this one, so that no virtual machine starts cold. */
  Plan warmUp(Duration length) {
    return new Plan(
        scenario,
        length,
        perSecond,
        seed,
        false,
        firstNumber + count(),
        drainLimit,
        quiet,
        mailOptions);
  }

  /** From the start of the load. */
  long killAtMillis() {
    double share = new Random(seed + 1).nextDouble();
    return (long) (duration.toMillis() * (EARLIEST_KILL + (LATEST_KILL - EARLIEST_KILL) * share));
  }
}
