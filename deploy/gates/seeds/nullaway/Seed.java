package gate;

final class Seed {
  private Seed() {}

  /** Promises a text and returns null: NullAway. */
  static String text() {
    return null;
  }
}
