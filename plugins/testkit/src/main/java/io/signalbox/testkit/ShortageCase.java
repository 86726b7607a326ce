package io.signalbox.testkit;

import io.signalbox.spi.operation.Price;
import io.signalbox.spi.operation.Shortage;
import org.jspecify.annotations.Nullable;

/**
 * A documented answer by which a provider says that it has nothing of the kind to rent.
 *
 * @param name of the test
 * @param reply what the API answers
 * @param shortage what is short
 * @param lowestPrice the lowest price that would do, as the answer tells it; null if it does not
 */
public record ShortageCase(
    String name, Reply reply, Shortage shortage, @Nullable Price lowestPrice) {

  /** One whose answer names no price. */
  public static ShortageCase of(String name, Reply reply, Shortage shortage) {
    return new ShortageCase(name, reply, shortage, null);
  }
}
