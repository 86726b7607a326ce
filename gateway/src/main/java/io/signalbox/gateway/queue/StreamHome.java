package io.signalbox.gateway.queue;

import java.util.List;
import java.util.Map;

/** The queue whose streams are read and kept. Thread-confined, as all of it. */
interface StreamHome {

  /** How many more entries of a lane it takes now; 0 if it is not worth a question. */
  int room(StreamLane lane);

  /** The entries that it has, by their lanes. */
  Map<StreamLane, List<StreamEntry>> held();

  /** Told of lanes to which entries were announced. */
  void announced(List<StreamLane> lanes);

  /** The streams or their groups are gone, or new: what they held is lost. */
  void begunAnew();
}
