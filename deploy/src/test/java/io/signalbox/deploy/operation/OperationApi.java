package io.signalbox.deploy.operation;

import io.signalbox.deploy.ApiClient;
import io.signalbox.deploy.SimulatorProcess;
import java.util.List;
import java.util.Optional;

/** A kind of operation, as its clients and its providers see it. */
interface OperationApi {
  /** Those who can do it: plugins of the simulator, and provider files of the sandbox. */
  List<String> providers();

  /** Whether calls name a country beside what is asked for. */
  boolean namesCountry();

  /** The simulator's call that does it, which is the type of such calls in the ledger too. */
  String doing();

  /** The simulator's call that looks for what may have been done. */
  String finding();

  /** The simulator's call that undoes it. */
  String undoing();

  /**
   * Asks once.
   *
   * @param number of the request, out of which its body is made
   * @param key to be used with this number alone
   * @return the end of it; empty if it must be asked again
   * @throws java.io.UncheckedIOException if there was no answer
   */
  Optional<Told> ask(ApiClient api, int number, String key);

  /**
   * Makes a provider ready for a round.
   *
   * @param newsFirst whether what happens to what was done comes in before the answer, such as a
   *     code; that can keep it from being undone
   */
  void prepare(SimulatorProcess simulator, String provider, boolean newsFirst);

  /** Until it is made ready again, nobody hears of what a provider does, nor can look for it. */
  default void hide(SimulatorProcess simulator, String provider) {
    simulator.set(provider, Fault.lost(doing(), finding()));
  }

  /** Ends what clients have, if it stands in the way of others. */
  default void giveBack(ApiClient api, List<Told> clients) {}

  /** All that the providers did. */
  List<Sold> books(SimulatorProcess simulator);
}
