package io.signalbox.scoring.replay;

import java.util.Map;

/**
 * What a replay found.
 *
 * @param recorded what happened
 * @param other what the other policy would have made of it, as far as can be estimated
 * @param difference other minus recorded
 * @param coverage what the estimate rests on
 * @param notComparable notifications that are in neither side, because the other policy chose a
 *     provider that was never recorded on that channel
 * @param recordedShare share of the attempts of each provider, as recorded, 0 to 1
 * @param otherShare the same with the other policy
 */
public record ReplayReport(
    Side recorded,
    Side other,
    Difference difference,
    Coverage coverage,
    int notComparable,
    Map<String, Double> recordedShare,
    Map<String, Double> otherShare) {
  /** Copies the maps. */
  public ReplayReport {
    recordedShare = Map.copyOf(recordedShare);
    otherShare = Map.copyOf(otherShare);
  }

  /**
   * What the other policy's attempts rest on.
   *
   * @param decisions how many attempts the other policy would have made
   * @param direct this very notification was tried there at about that time
   * @param near others were tried there at about that time
   * @param far others were tried there, but at other times
   * @param none nobody was ever tried there
   */
  public record Coverage(int decisions, int direct, int near, int far, int none) {
    /** Share of the decisions with direct evidence, 0 to 1; 0 without decisions. */
    public double directShare() {
      return decisions == 0 ? 0 : (double) direct / decisions;
    }
  }
}
