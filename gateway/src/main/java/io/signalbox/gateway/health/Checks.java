package io.signalbox.gateway.health;

import java.util.Map;

/** What the checks found last. Thread-safe, and at once. */
@FunctionalInterface
public interface Checks {
  /** No checks. */
  Checks NONE = Map::of;

  /** By the names of the checks, in their order; empty before the first round. */
  Map<String, Checked> latest();

  /** What one of them found last; not known if there is no such check. */
  default Checked latest(String name) {
    return latest().getOrDefault(name, Checked.UNKNOWN);
  }
}
