package gate;

final class Seed {
  private Seed() {}

  /** Prints: forbidden-apis, by its bundled list. */
  static void print() {
    System.out.println("seen");
  }
}
