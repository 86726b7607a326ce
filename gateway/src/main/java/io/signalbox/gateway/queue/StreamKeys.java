package io.signalbox.gateway.queue;

import io.signalbox.gateway.model.Lane;
import java.util.List;
import java.util.Locale;

/**
 * The keys of the queue in Redis. All have one hash tag, so that a cluster keeps them on one node,
 * where scripts can use several of them.
 */
final class StreamKeys {
  /** The consumer group of every lane's stream. */
  static final String GROUP = "signalbox";

  private final String base;

  /**
   * Makes the names.
   *
   * @param prefix what all keys of the gateways begin with
   */
  StreamKeys(String prefix) {
    this.base = prefix + ":{" + prefix + ".queue}:";
  }

  /** The stream of a lane. */
  String lane(Lane lane) {
    return base + "lane:" + name(lane);
  }

  /** The streams of lanes. */
  List<String> lanes(List<StreamLane> lanes) {
    return lanes.stream().map(StreamLane::key).toList();
  }

  /** The sorted set of what is due soon. */
  String delayed() {
    return base + "delayed";
  }

  /** The stream of dead letters. */
  String dead() {
    return base + "dead";
  }

  /** A lane's name, such as {@code urgent:email:single}. */
  static String name(Lane lane) {
    return lane.priority().wireName()
        + ":"
        + lane.channel().wireName()
        + ":"
        + lane.kind().name().toLowerCase(Locale.ROOT);
  }
}
