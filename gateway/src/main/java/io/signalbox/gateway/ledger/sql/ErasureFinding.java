package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.sql.ErasureReader.Found;
import java.util.ArrayList;
import java.util.List;

/** One page of what is left of a recipient, while it is read. */
final class ErasureFinding {
  /** How many are erased in one commit. */
  private static final int MOST_FOUND = 100;

  private final List<Long> keys = new ArrayList<>();
  private final int page;
  private long last;
  private int seen;
  private long waiting;
  private long unreadable;

  /** What a row has to do with a recipient. */
  enum Look {
    NAMED,
    OTHER,
    /** It names it, and takes effect by itself before it goes. */
    WAITING,
    /** Its key is not there just now. */
    UNREADABLE
  }

  /**
   * Begins a page.
   *
   * @param place the key that was looked at last
   * @param page how many rows it looks at
   */
  ErasureFinding(long place, int page) {
    this.last = place;
    this.page = page;
  }

  /** Whether the next row is to be looked at. */
  boolean goesOn() {
    return keys.size() < MOST_FOUND;
  }

  /** Notes a row. */
  void saw(long key, Look look) {
    last = key;
    seen++;
    switch (look) {
      case NAMED -> keys.add(key);
      case WAITING -> waiting++;
      case UNREADABLE -> unreadable++;
      case OTHER -> {
        // Nothing is to be done with it.
      }
    }
  }

  /** The page. */
  Found found() {
    return new Found(keys, last, goesOn() && seen < page, waiting, unreadable);
  }
}
