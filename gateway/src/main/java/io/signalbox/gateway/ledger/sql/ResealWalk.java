package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.sql.ResealReader.Found;
import io.signalbox.gateway.ledger.sql.ResealTable.Result;
import java.util.Map;

/**
 * How far a walk over all that may be sealed has come.
 *
 * @param key what it is to be sealed with; empty for nothing
 * @param others the other keys there were at its beginning, with their uses
 * @param sinceNanos when it was decided on; it begins a minute later
 * @param kind the number of the kind that is walked through; -1 before all kinds
 * @param place the row that was looked at last
 * @param changed how many values were sealed anew
 * @param unreadable how many could not be opened
 */
record ResealWalk(
    String key,
    Map<String, Long> others,
    long sinceNanos,
    int kind,
    long place,
    long changed,
    long unreadable) {
  private static final int COVER = -1;

  /** Copies the map. */
  ResealWalk {
    others = Map.copyOf(others);
  }

  /** A walk that begins, with recipients of the suppression list if those are to be sealed. */
  static ResealWalk begin(String key, Map<String, Long> others, long nowNanos, boolean covers) {
    return new ResealWalk(key, others, nowNanos, covers ? COVER : 0, covers ? 0 : -1, 0, 0);
  }

  /** Whether recipients of the suppression list, which were never sealed, come next. */
  boolean covers() {
    return kind == COVER;
  }

  /** Whether all was looked at. */
  boolean isOver() {
    return kind == ResealReader.KINDS.size();
  }

  /** After a page of the suppression list; nothing is behind its last row if that is negative. */
  ResealWalk covered(long last) {
    boolean end = last < 0;
    return new ResealWalk(
        key, others, sinceNanos, end ? 0 : COVER, end ? -1 : last, changed, unreadable);
  }

  /** After a page of a kind. */
  ResealWalk after(Found found, Result result) {
    return new ResealWalk(
        key,
        others,
        sinceNanos,
        found.end() ? kind + 1 : kind,
        found.end() ? -1 : found.last(),
        changed + result.changed(),
        unreadable + result.unreadable());
  }
}
