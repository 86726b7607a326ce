package gate;

/** In a package whose package-info has no NullMarked: RequireExplicitNullMarking. */
final class Seed {
  private Seed() {}
}
