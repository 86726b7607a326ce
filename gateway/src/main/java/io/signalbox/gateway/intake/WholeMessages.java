package io.signalbox.gateway.intake;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Which messages are taken where a quota does not reach for all: each as a whole or not at all, the
 * first ones first. A smaller one may still fit where a larger one before it does not.
 *
 * @param within the items of those that are taken, in order
 * @param beyond the items of the others, in order
 * @param places of each item, in order: whether it is within
 */
record WholeMessages(List<IntakeItem> within, List<IntakeItem> beyond, List<Boolean> places) {

  /**
   * Chooses.
   *
   * @param most how many items are taken at most
   */
  static WholeMessages of(List<List<IntakeItem>> messages, int most) {
    List<IntakeItem> within = new ArrayList<>();
    List<IntakeItem> beyond = new ArrayList<>();
    List<Boolean> places = new ArrayList<>();
    for (List<IntakeItem> message : messages) {
      boolean fits = message.size() <= most - within.size();
      (fits ? within : beyond).addAll(message);
      message.forEach(item -> places.add(fits));
    }
    return new WholeMessages(within, beyond, places);
  }

  /** What became of both, in the order of all items. */
  List<IntakeResult> inOrder(List<IntakeResult> ofWithin, List<IntakeResult> ofBeyond) {
    Iterator<IntakeResult> taken = ofWithin.iterator();
    Iterator<IntakeResult> left = ofBeyond.iterator();
    List<IntakeResult> all = new ArrayList<>(places.size());
    for (boolean fits : places) {
      all.add((fits ? taken : left).next());
    }
    return all;
  }
}
