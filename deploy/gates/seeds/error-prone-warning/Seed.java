package gate;

final class Seed {
  private Seed() {}

  /** A mere warning of Error Prone, ReferenceEquality: warnings fail the build too. */
  static boolean same(java.time.Duration left, java.time.Duration right) {
    return left == right;
  }
}
