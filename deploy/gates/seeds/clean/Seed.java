package gate;

/** Nothing wrong here: the build must pass, or the red of the others proves nothing. */
final class Seed {
  private Seed() {}
}
