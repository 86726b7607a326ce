package gate;

final class Seed {
  private Seed() {}

  /** Sleeps: forbidden-apis, by our own list. */
  static void rest() throws InterruptedException {
    Thread.sleep(1);
  }
}
