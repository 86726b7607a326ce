package io.signalbox.deploy.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.deploy.Report;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every fault at every step once, with a kill at a random moment of each. {@code
 * deploy/drills/operations} does it hundreds of times.
 */
@Timeout(900)
class OperationCrashIT {
  private static final int RUNS = 4;

  @TempDir Path data;

  @Test
  void eachRequestHasOneRentalOrNoneAndAllMoneyIsToldOf() throws Exception {
    // Two providers have faults of their own at a time.
    run(new NumbersApi());
  }

  @Test
  void eachRequestHasOneBookingOrNone() throws Exception {
    run(new BookingsApi());
  }

  private void run(OperationApi kind) throws Exception {
    long seed = System.nanoTime();
    Report.print("seed %d", seed);
    String first = kind.providers().get(0);
    String last = kind.providers().get(kind.providers().size() - 1);
    List<Fault> doing = Fault.at(kind.doing());
    List<Fault> finding = Fault.at(kind.doing(), kind.finding());
    List<Fault> undoing = Fault.at(kind.undoing());
    try (Stand stand = Stand.start(data, kind.providers())) {
      CrashRun run = new CrashRun(kind, stand, new Random(seed));
      run.doing(round -> Map.of(first, Fault.refused()), RUNS);
      for (int i = 0; i < doing.size(); i++) {
        Map<String, Fault> faults = new HashMap<>(Map.of(first, doing.get(i)));
        faults.put(last, finding.get(i));
        run.doing(round -> faults, RUNS);
      }
      Map<String, Fault> faults = new HashMap<>(Map.of(first, undoing.get(0)));
      faults.put(last, undoing.get(1));
      run.undoing(faults, RUNS);

      Tally tally = run.settle();

      Report.print("%s", tally.toJson().encode());
      assertThat(tally.requests()).isGreaterThanOrEqualTo(RUNS * (doing.size() + 2));
      assertThat(tally.done()).isPositive();
      assertThat(tally.isRight()).as("%s", tally.toJson().encodePrettily()).isTrue();
      assertThat(run.changed()).isEmpty();
    }
  }
}
