package io.signalbox.simulator.core;

import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What a simulated service sold, and what it has left, as control calls see and change it. Tests
 * count in it what really happened. For the simulator's event loop.
 */
public interface Books {

  /** All that stands in them now. */
  JsonObject toJson();

  /**
   * Changes them, or nothing at all.
   *
   * @return everything that is wrong with the call; empty if it was done
   */
  List<SettingsProblem> change(JsonObject body);

  /** Forgets what was sold; stock, prices and money stay. */
  void clear();
}
