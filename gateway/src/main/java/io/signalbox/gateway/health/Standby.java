package io.signalbox.gateway.health;

/**
 * Where notifications go while the ledger is away.
 *
 * @param takes whether there is such a place, with room
 * @param active whether notifications go there now
 * @param fullness 0 for empty, 1 for full
 */
public record Standby(boolean takes, boolean active, double fullness) {
  /** There is no such place. */
  public static final Standby NONE = new Standby(false, false, 0);
}
