package io.signalbox.gateway.compat;

import io.signalbox.gateway.compat.Refusal.Mistake;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with one message; the first ones are told. Used on one thread. */
public final class Mistakes {
  private static final int MOST = 50;

  private final List<Mistake> all = new ArrayList<>();

  /**
   * Notes a mistake, once.
   *
   * @param field in the dialect's own name; empty for the message as a whole
   * @param detail what would be right, as a sentence part
   */
  public void add(String field, String detail) {
    Mistake mistake = new Mistake(field, detail);
    if (all.size() < MOST && !all.contains(mistake)) {
      all.add(mistake);
    }
  }

  /** A field is not there. */
  public void missing(String field) {
    add(field, Refusal.REQUIRED);
  }

  /** Whether all is well so far. */
  public boolean isEmpty() {
    return all.isEmpty();
  }

  /** All that was noted; at least one. */
  public Refusal refusal() {
    return Refusal.of(all);
  }

  /**
   * Goes on if all is well.
   *
   * @throws RefusedException if it is not
   */
  public void check() {
    if (!all.isEmpty()) {
      throw new RefusedException(refusal());
    }
  }
}
