package io.signalbox.deploy.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.deploy.Report;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every fault at every step of renting once, two at a time, with a kill at a random moment of each.
 * {@code deploy/drills/operations} does it hundreds of times.
 */
@Timeout(900)
class OperationCrashIT {
  private static final int REQUESTS = 4;

  @TempDir Path data;

  @Test
  void eachRequestHasOneRentalOrNoneAndAllMoneyIsToldOf() throws Exception {
    long seed = System.nanoTime();
    Report.print("seed %d", seed);
    OperationApi kind = new NumbersApi();
    String first = kind.providers().get(0);
    String second = kind.providers().get(1);
    List<Fault> doing = Fault.at(kind.doing());
    List<Fault> finding = Fault.at(kind.doing(), kind.finding());
    List<Fault> undoing = Fault.at(kind.undoing());
    try (Stand stand = Stand.start(data, kind.providers());
        CrashRun run = new CrashRun(kind, stand, new Random(seed))) {
      run.round(Map.of(first, Fault.refused()), REQUESTS);
      for (int i = 0; i < doing.size(); i++) {
        run.round(Map.of(first, doing.get(i), second, finding.get(i)), REQUESTS);
      }
      run.undoing(
          Map.of(first, undoing.get(0), second, undoing.get(1)), REQUESTS, Duration.ofSeconds(12));

      Tally tally = run.settle();

      Report.print("%s", tally.toJson().encode());
      assertThat(tally.requests()).isEqualTo(REQUESTS * (doing.size() + 2));
      assertThat(tally.done()).isPositive();
      assertThat(tally.isRight()).as("%s", tally.toJson().encodePrettily()).isTrue();
      assertThat(run.changed()).isEmpty();
    }
  }
}
