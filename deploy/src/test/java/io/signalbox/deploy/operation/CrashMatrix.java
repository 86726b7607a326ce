package io.signalbox.deploy.operation;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Every fault at every step of a kind of operation, so many times. */
final class CrashMatrix {
  private final OperationApi kind;
  private final int runs;
  private final long seed;
  private final Clock clock;
  private final LongSupplier troubledCalls;
  private long troubledBefore;
  private final JsonArray cells = new JsonArray();
  private boolean right = true;
  private int done;

  /**
   * Makes it.
   *
   * @param troubledCalls how many calls of providers went wrong so far, also where it was settled
   *     later
   */
  CrashMatrix(OperationApi kind, int runs, long seed, Clock clock, LongSupplier troubledCalls) {
    this.kind = kind;
    this.runs = runs;
    this.seed = seed;
    this.clock = clock;
    this.troubledCalls = troubledCalls;
  }

  /** Runs all; a cell for each fault and step. */
  JsonObject run(Stand stand) throws Exception {
    long began = clock.millis();
    CrashRun run = new CrashRun(kind, stand, new Random(seed + kind.doing().hashCode()));
    List<Fault> faults = new ArrayList<>(List.of(Fault.refused()));
    faults.addAll(Fault.at(kind.doing()));
    faults.addAll(Fault.at(kind.doing(), kind.finding()));
    for (Fault fault : faults) {
      long since = clock.millis();
      Struck struck = run.doing(round -> at(fault, round), runs);
      add(fault, struck, run.settle(), since);
      run.forget();
    }
    for (Fault fault : Fault.at(kind.undoing())) {
      long since = clock.millis();
      Struck struck = run.undoing(everywhere(fault), runs);
      add(fault, struck, run.settle(), since);
      run.forget();
    }
    List<Told> changed = run.changed();
    JsonArray texts = new JsonArray();
    changed.forEach(told -> texts.add(told.toString()));
    return new JsonObject()
        .put("kind", kind.doing())
        .put("seed", seed)
        .put("runs", runs)
        .put("seconds", (clock.millis() - began) / 1_000)
        .put("cells", cells)
        .put("done", done)
        .put("changed", texts)
        .put("right", right && changed.isEmpty());
  }

  /** A port that is closed leaves the other provider, if there is one, to go on with. */
  private Map<String, Fault> at(Fault fault, int round) {
    List<String> providers = kind.providers();
    return fault.kind() == Fault.Kind.REFUSE
        ? Map.of(providers.get(round % providers.size()), fault)
        : everywhere(fault);
  }

  private Map<String, Fault> everywhere(Fault fault) {
    return kind.providers().stream().collect(Collectors.toMap(name -> name, name -> fault));
  }

  private void add(Fault fault, Struck struck, Tally after, long since) {
    long troubled = troubledCalls.getAsLong();
    cells.add(
        after
            .toJson()
            .mergeIn(struck.toJson())
            .put("fault", fault.toString())
            .put("troubled_calls", troubled - troubledBefore)
            .put("seconds", (clock.millis() - since) / 1_000)
            .put("right", after.isRight()));
    right &= after.isRight();
    done += after.done();
    troubledBefore = troubled;
  }
}
