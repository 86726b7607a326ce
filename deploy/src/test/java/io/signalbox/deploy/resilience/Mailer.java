package io.signalbox.deploy.resilience;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A system that is given mails and is to get them to their recipients. */
interface Mailer extends AutoCloseable {

  /** Its name in results. */
  String name();

  /**
   * Hands a mail in.
   *
   * @param mail in the form of the gateway's API
   * @return true once it is accepted, false if it is to be handed in again
   */
  CompletableFuture<Boolean> accept(int number, JsonObject mail);

  /** How many of the accepted are still worked at. */
  long open();

  /** All attempts so far. */
  List<Attempt> attempts();

  /** What it says that became of the accepted, by the words that it has. */
  Map<String, Long> states();

  /** Whether some that were sent wait for a receipt that it could act on. */
  default boolean awaitsReceipts() {
    return false;
  }

  /** Whether it marks attempts after which a mail may arrive twice. */
  default boolean marksDuplicates() {
    return false;
  }

  /** When its breakers of these providers opened, in milliseconds since 1970. */
  default List<Long> breakersOpenedAt(List<String> providers) {
    return List.of();
  }

  /** Ends with no chance to clean up and starts again with what was kept, if it can. */
  default void killAndRestart() {
    throw new UnsupportedOperationException(name() + " keeps nothing");
  }

  @Override
  void close();
}
