package io.signalbox.deploy.operation;

import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Set;

/** How much of one fault was under way at kills. For one thread. */
final class Struck {
  private final Set<String> names = new HashSet<>();
  private int kills;

  /** A kill, while these were under way. */
  void add(Set<String> underWay) {
    kills++;
    names.addAll(underWay);
  }

  /** How many have met a kill at least once. */
  int count() {
    return names.size();
  }

  JsonObject toJson() {
    return new JsonObject().put("kills", kills).put("killed", names.size());
  }
}
