package io.signalbox.gateway.queue;

import io.signalbox.gateway.model.Lane;
import java.util.ArrayDeque;
import java.util.List;

/** What is known of the stream of one lane. Thread-confined. */
final class StreamLane {
  /** What has been due for so long is asked for whatever the stream says. */
  private static final long LOST_MILLIS = 30_000;

  private final LaneWindow window;
  private final String key;

  /** Given out to this gateway, and not looked up in the ledger yet. */
  private final ArrayDeque<StreamEntry> announced = new ArrayDeque<>();

  private List<StreamEntry> asked = List.of();
  private String claimCursor = "0-0";
  private long heardUntilMillis;
  private long leftSinceMillis;
  private boolean crowded;

  StreamLane(LaneWindow window, String key) {
    this.window = window;
    this.key = key;
  }

  Lane lane() {
    return window.lane();
  }

  LaneWindow window() {
    return window;
  }

  String key() {
    return key;
  }

  ArrayDeque<StreamEntry> announced() {
    return announced;
  }

  /** Where the search for entries of others goes on. */
  String claimCursor() {
    return claimCursor;
  }

  void setClaimCursor(String cursor) {
    claimCursor = cursor;
  }

  /** Those of which the ledger is being asked, in order; empty if it is not. */
  List<StreamEntry> asked() {
    return asked;
  }

  void setAsked(List<StreamEntry> entries) {
    asked = entries;
  }

  /** How many were given out to this gateway and are not in the window yet. */
  int onTheirWay() {
    return announced.size() + asked.size();
  }

  /** Whether the window had no room for all that was announced. */
  boolean isCrowded() {
    return crowded;
  }

  void setCrowded(boolean full) {
    crowded = full;
  }

  /**
   * All that was put into the stream before a time was given out to someone.
   *
   * @param untilMillis milliseconds since 1970
   */
  void heard(long untilMillis) {
    heardUntilMillis = Math.max(heardUntilMillis, untilMillis);
  }

  /**
   * Until when what was due must have been given out: if it still is due then, the stream does not
   * bring it, or someone has it in hand.
   */
  long heardUntilMillis(long nowMillis) {
    return Math.max(heardUntilMillis, nowMillis - LOST_MILLIS);
  }

  /** Something of the lane is in the ledger and not in the stream. */
  void leaveToLedger(long nowMillis) {
    if (!window.hasMoreInLedger()) {
      leftSinceMillis = nowMillis;
      window.setMoreInLedger(true);
    }
  }

  /**
   * Whether what was left to the ledger is next, because all that stood in the stream before it was
   * given out.
   */
  boolean isLedgerNext(long nowMillis) {
    return heardUntilMillis(nowMillis) >= leftSinceMillis;
  }

  /** The stream may have lost anything: the ledger is asked at once. */
  void distrust() {
    leftSinceMillis = 0;
    window.setMoreInLedger(true);
  }
}
