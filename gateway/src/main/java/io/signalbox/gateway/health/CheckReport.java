package io.signalbox.gateway.health;

import io.vertx.core.json.JsonObject;

/**
 * What a check found. Reports are read by whoever has a token, so neither text nor figures hold a
 * secret or a recipient.
 *
 * @param status how the part is
 * @param detail what is wrong, in words; empty if nothing is
 * @param figures what was measured; not changed any more
 */
public record CheckReport(CheckStatus status, String detail, JsonObject figures) {

  /** A part that works. */
  public static CheckReport up(JsonObject figures) {
    return new CheckReport(CheckStatus.UP, "", figures);
  }

  /** A part that works, but not as it should. */
  public static CheckReport degraded(String detail, JsonObject figures) {
    return new CheckReport(CheckStatus.DEGRADED, detail, figures);
  }

  /** A part that does not work. */
  public static CheckReport down(String detail, JsonObject figures) {
    return new CheckReport(CheckStatus.DOWN, detail, figures);
  }

  /** A part that is not used here. */
  public static CheckReport unused(String detail) {
    return new CheckReport(CheckStatus.UNUSED, detail, new JsonObject());
  }
}
