package io.signalbox.toolkit;

import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.Progress;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** What became of an {@link HttpCall}. */
public sealed interface HttpAnswer {

  /**
   * A whole answer was read.
   *
   * @param status of the answer
   * @param headers names are compared without regard to case
   * @param body empty if there was none
   */
  record Answered(int status, MultiMap headers, Buffer body) implements HttpAnswer {
    /**
     * {@return the first header of that name, or null}
     *
     * @param name in any case
     */
    public @Nullable String header(String name) {
      return headers.get(name);
    }

    /** {@return whether the status is 200 to 299} */
    public boolean successful() {
      return status >= 200 && status < 300;
    }

    /**
     * {@return evidence that shows this answer}
     *
     * @param code the provider's own code; null if it has none
     * @param message the provider's own text; null if it has none
     */
    public Evidence evidence(@Nullable String code, @Nullable String message) {
      return Evidence.answered(status, code, message);
    }

    @Override
    public String toString() {
      return "Answered[" + status + " " + body.length() + " bytes]";
    }
  }

  /**
   * No whole answer was read.
   *
   * @param progress how far the request got
   * @param code one of {@link UnansweredCodes}
   * @param message one sentence; holds no secret
   */
  record Unanswered(Progress progress, String code, String message) implements HttpAnswer {
    /**
     * {@return transient if the provider certainly has not acted on the request, unknown otherwise}
     */
    public Outcome outcome() {
      Evidence evidence = Evidence.unanswered(progress, code, message);
      return progress.certainlyNotSent()
          ? new Outcome.Transient(evidence)
          : new Outcome.Unknown(evidence);
    }
  }
}
