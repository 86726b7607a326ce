package gate;

final class Seed {
  private Seed() {}

  /** A raw type: javac's own -Xlint. */
  static int size(java.util.List values) {
    return values.size();
  }
}
