package io.signalbox.gateway.failure;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is the matter with a database, the same words for every store. */
public enum DatabaseErrorKind {
  /** Somebody else was in the way, and one of both had to give way. */
  DEADLOCK(true),
  /** There was no answer, or no lock, in time. */
  TIMEOUT(true),
  /** The connection is lost, or there is none to be had. */
  CONNECTION_LOST(true),
  /** The store refuses these values: a key that is stored already, a value too long. */
  CONSTRAINT(false),
  /** The store has no room, or too much to do. */
  OVERLOADED(true),
  /** Something else: a bug, or a damaged store. */
  OTHER(false);

  /** Serialization failures, and deadlocks found. */
  private static final String ROLLBACK = "40";

  private static final String CONNECTION = "08";
  private static final String OPERATOR = "57P";
  private static final String RESOURCES = "53";

  /** Lock not to be had, query cancelled, transaction left idle, no answer to what was written. */
  private static final Set<String> TIMEOUTS = Set.of("55P03", "57014", "25P03", "25P04", "08007");

  /** A standby takes no writes: the connection leads to the wrong server. */
  private static final String READ_ONLY = "25006";

  private final boolean passes;
  private final String wireName = name().toLowerCase(Locale.ROOT);

  DatabaseErrorKind(boolean passes) {
    this.passes = passes;
  }

  /** {@return whether the same thing may succeed another time} */
  public boolean passes() {
    return passes;
  }

  /** {@return the lower-case name used in the API and in logs} */
  public String wireName() {
    return wireName;
  }

  /**
   * {@return the kind of an SQLSTATE} Classes are those of the PostgreSQL manual, appendix A, which
   * are those of the SQL standard.
   *
   * @param state of five characters; null if the store gave none
   */
  public static DatabaseErrorKind ofState(@Nullable String state) {
    if (state == null) {
      return OTHER;
    }
    if (TIMEOUTS.contains(state)) {
      return TIMEOUT;
    }
    if (state.startsWith(ROLLBACK)) {
      return DEADLOCK;
    }
    if (state.startsWith(CONNECTION) || state.startsWith(OPERATOR) || state.equals(READ_ONLY)) {
      return CONNECTION_LOST;
    }
    if (state.startsWith(RESOURCES)) {
      return OVERLOADED;
    }
    return isFaultOfValues(state) ? CONSTRAINT : OTHER;
  }

  /** Data that do not fit (22), constraints (23), and limits of the program (54). */
  private static boolean isFaultOfValues(String state) {
    return state.startsWith("22") || state.startsWith("23") || state.startsWith("54");
  }
}
