package io.signalbox.gateway.health;

/** How a part is. */
public enum CheckStatus {
  /** Works. */
  UP("up"),
  /** Is not used here. */
  UNUSED("not_used"),
  /** Works, but not as it should: somebody should look. */
  DEGRADED("degraded"),
  /** Does not work, or does not answer. */
  DOWN("down");

  private final String wireName;

  CheckStatus(String wireName) {
    this.wireName = wireName;
  }

  /** Its name in reports. */
  public String wireName() {
    return wireName;
  }

  /** Whether somebody should look. */
  public boolean isTrouble() {
    return this == DEGRADED || this == DOWN;
  }
}
