/** What came of a run. */
final class Story {
  final Use use = new Use();
  final double[] latencies = new double[1 << 17];
  double refused;
  double unanswered;
  double unknown;
  double sent;
  double sentSteady;
  double mostWaiting;
  double mostSpooled;
  double waitingAt30;
  double waitingAt60;
  int recoveredAt = Run.FAIL_AT;
  int longest;

  double percentileMillis(double share) {
    double all = 0;
    for (double each : latencies) {
      all += each;
    }
    double sum = 0;
    for (int i = 0; i < latencies.length; i++) {
      sum += latencies[i];
      if (sum >= all * share) {
        return i * 1_000.0 / Run.TICKS;
      }
    }
    return 0;
  }

  boolean keepsUp(double rate) {
    return refused == 0 && waitingAt60 - waitingAt30 < rate * 0.3;
  }
}
