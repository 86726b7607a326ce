package gate;

final class Seed {
    private Seed() {   }
}
