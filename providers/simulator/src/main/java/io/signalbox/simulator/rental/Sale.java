package io.signalbox.simulator.rental;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** How a wish to rent ended. */
public sealed interface Sale {
  /** The number is the customer's. */
  record Sold(Order order) implements Sale {}

  /** The same reference was used before. */
  record Repeated(Order order) implements Sale {}

  /** Nothing was sold, for a reason. */
  record Refused(Reason reason, @Nullable BigDecimal lowestPrice) implements Sale {}

  /** Why nothing was sold. */
  enum Reason {
    /** The service has nothing of the kind at all. */
    UNKNOWN_GOOD,
    /** None is free. */
    NONE_FREE,
    /** Some are free at a higher price. */
    TOO_CHEAP,
    /** The account has too little money. */
    NO_MONEY
  }
}
