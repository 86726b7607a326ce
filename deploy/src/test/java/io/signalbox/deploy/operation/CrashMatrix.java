package io.signalbox.deploy.operation;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** Every fault at every step of a kind of operation, so many times. */
final class CrashMatrix {
  /** Requests that are under way when the gateway is killed. */
  private static final int AT_A_TIME = 20;

  /** Longer than the stand's gateway looks for an unknown attempt. */
  private static final Duration HIDDEN = Duration.ofSeconds(12);

  private final OperationApi kind;
  private final int runs;
  private final long seed;

  CrashMatrix(OperationApi kind, int runs, long seed) {
    this.kind = kind;
    this.runs = runs;
    this.seed = seed;
  }

  /** Runs all; a cell for each fault and step. */
  JsonObject run(Stand stand) throws Exception {
    JsonArray cells = new JsonArray();
    boolean right = true;
    try (CrashRun run = new CrashRun(kind, stand, new Random(seed))) {
      List<Fault> faults = new ArrayList<>(List.of(Fault.refused()));
      faults.addAll(Fault.at(kind.doing()));
      faults.addAll(Fault.at(kind.doing(), kind.finding()));
      for (Fault fault : faults) {
        for (int done = 0; done < runs; done += AT_A_TIME) {
          run.round(at(fault, done / AT_A_TIME), Math.min(AT_A_TIME, runs - done));
        }
        right &= add(cells, fault, run.settle());
      }
      for (Fault fault : Fault.at(kind.undoing())) {
        for (int done = 0; done < runs; done += AT_A_TIME) {
          run.undoing(everywhere(fault), Math.min(AT_A_TIME, runs - done), HIDDEN);
          run.settle();
        }
        right &= add(cells, fault, run.settle());
      }
      List<Told> changed = run.changed();
      JsonArray texts = new JsonArray();
      changed.forEach(told -> texts.add(told.toString()));
      return new JsonObject()
          .put("kind", kind.doing())
          .put("cells", cells)
          .put("done", run.settle().done())
          .put("changed", texts)
          .put("right", right && changed.isEmpty());
    }
  }

  /** A port that is closed leaves the other provider to go on with. */
  private Map<String, Fault> at(Fault fault, int round) {
    List<String> providers = kind.providers();
    return fault.kind() == Fault.Kind.REFUSE
        ? Map.of(providers.get(round % providers.size()), fault)
        : everywhere(fault);
  }

  private Map<String, Fault> everywhere(Fault fault) {
    return kind.providers().stream().collect(Collectors.toMap(name -> name, name -> fault));
  }

  private static boolean add(JsonArray cells, Fault fault, Tally tally) {
    cells.add(tally.toJson().put("fault", fault.toString()).put("right", tally.isRight()));
    return tally.isRight();
  }
}
