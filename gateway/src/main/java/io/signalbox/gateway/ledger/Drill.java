package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.NotificationId;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A drill: a failure on purpose, to see what the gateway makes of it.
 *
 * @param id its id
 * @param tenant whose drill it is
 * @param kind what is done
 * @param provider whose failure is drilled
 * @param mode the fault; null where the kind has none
 * @param parameters what was asked for, with defaults filled in
 * @param startedAtMillis when it began
 * @param actor who asked for it
 * @param end how it ended; null while it runs
 */
public record Drill(
    NotificationId id,
    String tenant,
    Kind kind,
    String provider,
    @Nullable String mode,
    JsonObject parameters,
    long startedAtMillis,
    String actor,
    @Nullable End end) {
  /** How the types of a drill's own notifications begin. */
  public static final String TYPE_PREFIX = "signalbox_drill_";

  /** Copies the parameters. */
  public Drill {
    parameters = parameters.copy();
  }

  /** What is done in a drill. */
  public enum Kind {
    /** A fault in the simulator, met by test notifications. */
    SIMULATE,
    /** A provider withheld from a share of real traffic. */
    LIVE;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The name in the API and in the ledger. */
    public String wireName() {
      return wireName;
    }
  }

  /** Where a drill stands. */
  public enum State {
    RUNNING,
    /** It ran to its end and showed what it should. */
    PASSED,
    /** It ran to its end and showed something else. */
    FAILED,
    /** It was ended early; what it showed is part of its report. */
    ABORTED;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The name in the API and in the ledger. */
    public String wireName() {
      return wireName;
    }
  }

  /**
   * How a drill ended.
   *
   * @param state passed, failed or aborted
   * @param reason why, in a short lower-case word or in words; null if the state says all
   * @param atMillis when
   * @param report what it showed
   */
  public record End(State state, @Nullable String reason, long atMillis, JsonObject report) {
    /** Copies the report. */
    public End {
      report = report.copy();
    }
  }

  /** Where it stands. */
  public State state() {
    return end == null ? State.RUNNING : end.state();
  }

  /** The same with more known of it. */
  public Drill with(String parameter, JsonObject value) {
    JsonObject more = parameters.copy().put(parameter, value);
    return new Drill(id, tenant, kind, provider, mode, more, startedAtMillis, actor, end);
  }

  /** The same, ended. */
  public Drill ended(End how) {
    return new Drill(id, tenant, kind, provider, mode, parameters, startedAtMillis, actor, how);
  }
}
