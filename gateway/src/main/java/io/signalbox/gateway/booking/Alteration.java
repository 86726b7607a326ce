package io.signalbox.gateway.booking;

import io.signalbox.gateway.failure.ErrorProblem;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A change of a booking that somebody asked for: it costs as much as the booking itself when it is
 * done twice, so it is stored before it is tried, and its outcome may be unknown for a while.
 *
 * @param number counts the changes of one booking, from 1
 * @param type what is wanted
 * @param start the new begin; null unless it is to be moved
 * @param reason for the other side; null for none. May hold personal data
 * @param key the idempotency key that it came with; null for none
 * @param digest of the request as it came
 * @param stage how far it is
 * @param round how many tries certainly did nothing
 * @param askedAtMillis when it was asked for
 * @param deadlineAtMillis when the answer of the newest try had to be there
 * @param dueAtMillis when there is something to do; 0 when it has ended
 * @param looks how many look-ups the newest try, being unknown, has had
 * @param absent how many of these, one after the other and late enough to count, saw it not done
 * @param problem why it failed, as {@link #problemOf} makes it; null if it has not
 */
public record Alteration(
    int number,
    Type type,
    @Nullable Instant start,
    @Nullable String reason,
    @Nullable String key,
    String digest,
    Stage stage,
    int round,
    long askedAtMillis,
    long deadlineAtMillis,
    long dueAtMillis,
    int looks,
    int absent,
    @Nullable JsonObject problem) {

  /** So long after its deadline nobody waits for the answer of a try any more. */
  private static final long GRACE_MILLIS = 10_000;

  /** What can be done to a booking. */
  public enum Type {
    /** It is called off. */
    CANCEL,
    /** It is moved. */
    RESCHEDULE;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The lower-case name used in the API, in events and in logs. */
    public String wireName() {
      return wireName;
    }
  }

  /** How far a change is. */
  enum Stage {
    /** The provider is being asked. */
    TRYING,
    /** The provider has certainly not done it, and is asked again. */
    WAITING,
    /** Nobody knows whether the provider has done it; it is looked up. */
    UNSETTLED,
    /** It is done. */
    DONE,
    /** It is certainly not done, or nobody knows for too long. */
    FAILED;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The lower-case name used in the API. */
    public String wireName() {
      return wireName;
    }
  }

  /** Whether there is something to do before it has its end. */
  boolean isOpen() {
    return stage == Stage.TRYING || stage == Stage.WAITING || stage == Stage.UNSETTLED;
  }

  /** Asked for, and about to be tried. */
  static Alteration begin(
      int number,
      Type type,
      @Nullable Instant start,
      @Nullable String reason,
      @Nullable String key,
      String digest,
      long nowMillis,
      long deadlineAtMillis) {
    return new Alteration(
        number,
        type,
        start,
        reason,
        key,
        digest,
        Stage.TRYING,
        0,
        nowMillis,
        deadlineAtMillis,
        deadlineAtMillis + GRACE_MILLIS,
        0,
        0,
        null);
  }

  /** The provider is asked once more. */
  Alteration tried(int newRound, long newDeadlineAtMillis) {
    return with(
        Stage.TRYING,
        newRound,
        newDeadlineAtMillis,
        newDeadlineAtMillis + GRACE_MILLIS,
        0,
        0,
        null);
  }

  /** The provider is asked once more later. */
  Alteration waiting(long newDueAtMillis) {
    return with(Stage.WAITING, round + 1, deadlineAtMillis, newDueAtMillis, 0, 0, null);
  }

  /** It is looked up, next at a time. */
  Alteration unsettled(int newLooks, int newAbsent, long newDueAtMillis) {
    return with(
        Stage.UNSETTLED, round, deadlineAtMillis, newDueAtMillis, newLooks, newAbsent, null);
  }

  /** It is done. */
  Alteration done() {
    return with(Stage.DONE, round, deadlineAtMillis, 0, looks, absent, null);
  }

  /** It is given up. */
  Alteration failed(ErrorProblem why) {
    return with(Stage.FAILED, round, deadlineAtMillis, 0, looks, absent, problemOf(why));
  }

  private Alteration with(
      Stage newStage,
      int newRound,
      long newDeadline,
      long newDue,
      int newLooks,
      int newAbsent,
      @Nullable JsonObject newProblem) {
    return new Alteration(
        number,
        type,
        start,
        reason,
        key,
        digest,
        newStage,
        newRound,
        askedAtMillis,
        newDeadline,
        newDue,
        newLooks,
        newAbsent,
        newProblem);
  }

  /**
   * A problem as it is kept.
   *
   * @return {@code type}, {@code detail}, {@code members}, and {@code after} in milliseconds where
   *     it is worth another try
   */
  private static JsonObject problemOf(ErrorProblem why) {
    JsonObject json = new JsonObject().put("type", why.type()).put("detail", why.detail());
    JsonObject members = new JsonObject();
    why.members().forEach(members::put);
    json.put("members", members);
    return why.retryAfter() == null ? json : json.put("after", why.retryAfter().toMillis());
  }

  /** What the API and events show. */
  JsonObject shown() {
    JsonObject json =
        new JsonObject()
            .put("type", type.wireName())
            .put("status", stage.wireName())
            .put("asked_at", Instant.ofEpochMilli(askedAtMillis).toString());
    if (start != null) {
      json.put("start", start.toString());
    }
    if (problem != null) {
      json.put(
          "problem",
          new JsonObject()
              .put("kind", problem.getString("type"))
              .put("detail", problem.getString("detail")));
    }
    return json;
  }

  /**
   * Why it failed, as whoever asked is told.
   *
   * @throws NullPointerException if it has not
   */
  ErrorProblem failure() {
    JsonObject kept = Objects.requireNonNull(problem);
    Long after = kept.getLong("after");
    return new ErrorProblem(
        kept.getString("type"),
        kept.getString("detail"),
        List.of(),
        kept.getJsonObject("members").getMap(),
        after == null ? null : Duration.ofMillis(after));
  }

  /** As the ledger stores it. */
  JsonObject toJson() {
    return new JsonObject()
        .put("number", number)
        .put("type", type.name())
        .put("start", start == null ? null : start.toString())
        .put("reason", reason)
        .put("key", key)
        .put("digest", digest)
        .put("stage", stage.name())
        .put("round", round)
        .put("asked", askedAtMillis)
        .put("deadline", deadlineAtMillis)
        .put("due", dueAtMillis)
        .put("looks", looks)
        .put("absent", absent)
        .put("problem", problem);
  }

  /** Reads what {@link #toJson} wrote. */
  static Alteration of(JsonObject json) {
    String start = json.getString("start");
    return new Alteration(
        json.getInteger("number"),
        Type.valueOf(json.getString("type")),
        start == null ? null : Instant.parse(start),
        json.getString("reason"),
        json.getString("key"),
        json.getString("digest"),
        Stage.valueOf(json.getString("stage")),
        json.getInteger("round"),
        json.getLong("asked"),
        json.getLong("deadline"),
        json.getLong("due"),
        json.getInteger("looks"),
        json.getInteger("absent"),
        json.getJsonObject("problem"));
  }

  /** Without the reason, which people write. */
  @Override
  public String toString() {
    return "Alteration[" + type.wireName() + " " + stage.wireName() + "]";
  }
}
