package gate;

final class Seed {
  private Seed() {}

  /** Compares addresses, not contents: Error Prone's ArrayEquals. */
  static boolean same(int[] left, int[] right) {
    return left.equals(right);
  }
}
