package io.signalbox.gateway.api;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of bodies are held at once, over all requests of the process. Thread-safe. */
final class BodyBudget {
  private final long most;
  private final AtomicLong left;

  /** Makes a budget of so many bytes. */
  BodyBudget(long bytes) {
    this.most = bytes;
    this.left = new AtomicLong(bytes);
  }

  /** The share of one request, empty at first. */
  Share open() {
    return new Share(this);
  }

  private boolean take(long bytes) {
    if (left.addAndGet(-bytes) >= 0) {
      return true;
    }
    left.addAndGet(bytes);
    return false;
  }

  /** What one request holds. Used on one event loop. */
  static final class Share {
    private final BodyBudget budget;
    private long held;
    private boolean over;

    private Share(BodyBudget budget) {
      this.budget = budget;
    }

    /** Whether so much more is more than there can ever be for one request. */
    boolean isBeyond(long bytes) {
      return held + bytes > budget.most;
    }

    /** How many bytes all requests may hold together. */
    long most() {
      return budget.most;
    }

    /** Takes more; if there is not so much left, gives back all for good and returns false. */
    boolean take(int bytes) {
      if (!over && budget.take(bytes)) {
        held += bytes;
        return true;
      }
      giveBack();
      return false;
    }

    /** Gives back all; nothing can be taken after that. */
    void giveBack() {
      over = true;
      budget.left.addAndGet(held);
      held = 0;
    }
  }
}
