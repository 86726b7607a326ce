package io.signalbox.spi.operation;

import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How one call of an operation ended. A provider always answers with one of these; a failed Future
 * is a bug of the provider and is treated as an unknown outcome, since bytes may have left.
 *
 * @param <T> what the call gives when it is done
 */
public sealed interface Answer<T> {

  /** {@return why the answer is what it is} */
  Evidence evidence();

  /**
   * The provider did what was asked, and said so.
   *
   * @param value what came of it
   * @param evidence why the answer is what it is
   * @param <T> what the call gives
   */
  record Done<T>(T value, Evidence evidence) implements Answer<T> {
    /**
     * Checks that nothing is missing: plugins may be compiled without null checks.
     *
     * @param value {@link #value()}
     * @param evidence {@link #evidence()}
     */
    public Done {
      Objects.requireNonNull(value, "value");
      Objects.requireNonNull(evidence, "evidence");
    }

    /** Without the value: telephone numbers and attendees are personal data. */
    @Override
    public String toString() {
      return "Done[" + evidence + "]";
    }
  }

  /**
   * The provider works and certainly did nothing, because it cannot serve this wish now: no number
   * in stock, none at this price. The next provider is asked at once, and it speaks neither for nor
   * against this one's health.
   *
   * @param shortage what is short
   * @param lowestPrice where the price limit was too low: the lowest that would do; null if the
   *     provider does not say
   * @param evidence why the answer is what it is
   * @param <T> what the call would have given
   */
  record Unserved<T>(Shortage shortage, @Nullable Price lowestPrice, Evidence evidence)
      implements Answer<T> {
    /**
     * Checks that nothing is missing: plugins may be compiled without null checks.
     *
     * @param shortage {@link #shortage()}
     * @param lowestPrice {@link #lowestPrice()}
     * @param evidence {@link #evidence()}
     */
    public Unserved {
      Objects.requireNonNull(shortage, "shortage");
      Objects.requireNonNull(evidence, "evidence");
    }
  }

  /**
   * Not done, or nobody knows: the same outcomes as those of messages, and the same follows for the
   * breaker. What is {@link Outcome.Rejected} is refused for good; no other provider is asked.
   *
   * @param outcome anything but {@link Outcome.Sent}
   * @param <T> what the call would have given
   */
  record Failed<T>(Outcome outcome) implements Answer<T> {
    /**
     * Checks that it is no success.
     *
     * @param outcome {@link #outcome()}
     * @throws IllegalArgumentException if it is
     */
    public Failed {
      Objects.requireNonNull(outcome, "outcome");
      if (outcome instanceof Outcome.Sent) {
        throw new IllegalArgumentException("an operation that is done has a value");
      }
    }

    @Override
    public Evidence evidence() {
      return outcome.evidence();
    }
  }
}
