package io.signalbox.deploy.operation;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What goes wrong at some steps of an operation.
 *
 * @param kind how
 * @param steps at which of the simulator's calls; empty for all of them
 */
record Fault(Kind kind, List<String> steps) {

  /** The ways in which a call goes wrong, as the simulator names them. */
  enum Kind {
    /** Nothing listens. */
    REFUSE,
    /** The request is read, nothing is done, and the connection is cut. */
    CUT_BEFORE,
    /** It is done, and the connection is cut before the answer. */
    CUT,
    /** The request is read and never answered; nothing is done. */
    HANG,
    /** It is done, and the answer is an error. */
    ERROR_AFTER,
    /** It is done at once, and answered when nobody waits any more. */
    SLOW;

    String mode() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Later than any call of these runs waits for. */
  private static final int LATE_MILLIS = 5_000;

  /** Of the calls at that step: the others go well, so that some operations are done at once. */
  private static final double SHARE = 0.7;

  Fault {
    steps = List.copyOf(steps);
  }

  /** A port that is closed. */
  static Fault refused() {
    return new Fault(Kind.REFUSE, List.of());
  }

  /** Every other fault, at those steps. */
  static List<Fault> at(String... steps) {
    return Arrays.stream(Kind.values())
        .filter(kind -> kind != Kind.REFUSE)
        .map(kind -> new Fault(kind, List.of(steps)))
        .toList();
  }

  /** Whether it is that step, and no other, that is answered when nobody waits any more. */
  boolean isLate(String step) {
    return kind == Kind.SLOW && steps.equals(List.of(step));
  }

  /** The control call that ends every fault. */
  static JsonObject none() {
    return new JsonObject().put("mode", "ok");
  }

  /** The control call by which what is done cannot be heard of, nor looked for. */
  static JsonObject lost(String doing, String finding) {
    return new JsonObject()
        .put("mode", Kind.CUT.mode())
        .put("calls", new JsonArray().add(doing).add(finding));
  }

  /** The control call that switches it on. */
  JsonObject settings(long seed) {
    JsonObject settings = new JsonObject().put("mode", kind.mode()).put("seed", seed);
    if (kind == Kind.REFUSE) {
      return settings;
    }
    if (kind == Kind.SLOW) {
      settings.put("latency_ms", LATE_MILLIS);
    }
    return settings.put("rate", SHARE).put("calls", new JsonArray(steps));
  }

  @Override
  public String toString() {
    return kind.mode() + (steps.isEmpty() ? "" : " at " + String.join(", ", steps));
  }
}
