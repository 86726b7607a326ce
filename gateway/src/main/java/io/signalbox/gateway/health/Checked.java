package io.signalbox.gateway.health;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;

/**
 * What a check found, and when.
 *
 * @param report what
 * @param sinceMillis since when the part has its status, in epoch milliseconds; 0 if not known
 * @param atMillis when it was asked last, in epoch milliseconds; 0 if never
 */
public record Checked(CheckReport report, long sinceMillis, long atMillis) {
  /** Before the first round. */
  static final Checked UNKNOWN = new Checked(CheckReport.unused("it was not checked yet"), 0, 0);

  /** An older look says nothing of now: five rounds were missed. */
  private static final Duration STALE_AFTER = Duration.ofSeconds(5);

  /** The report that follows this one. */
  Checked then(CheckReport next, long nowMillis) {
    boolean same = sinceMillis > 0 && next.status() == report.status();
    return new Checked(next, same ? sinceMillis : nowMillis, nowMillis);
  }

  /** What it counts for later: a part that nobody has looked at since is not known to work. */
  Checked asOf(long nowMillis) {
    long age = nowMillis - atMillis;
    if (atMillis == 0 || report.status() == CheckStatus.UNUSED || age < STALE_AFTER.toMillis()) {
      return this;
    }
    String detail = "not checked for " + Duration.ofMillis(age).toSeconds() + " s";
    return new Checked(CheckReport.down(detail, report.figures()), atMillis, atMillis);
  }

  /** For people. */
  public JsonObject json() {
    JsonObject json = new JsonObject().put("status", report.status().wireName());
    if (!report.detail().isEmpty()) {
      json.put("detail", report.detail());
    }
    if (atMillis > 0) {
      json.put("since", Instant.ofEpochMilli(sinceMillis).toString())
          .put("checked_at", Instant.ofEpochMilli(atMillis).toString());
    }
    return json.mergeIn(report.figures());
  }
}
