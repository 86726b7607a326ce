package io.signalbox.spi;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt ended. A provider always answers with one of these; a failed Future is a bug of
 * the provider and is treated as {@link Unknown}, since bytes may have left.
 */
public sealed interface Outcome {

  /** {@return why the outcome is what it is} */
  Evidence evidence();

  /** {@return the outcome without its details} */
  OutcomeKind kind();

  /**
   * The provider took the message.
   *
   * @param providerMessageId the provider's own id, as its webhooks will name it
   * @param evidence why the outcome is what it is
   */
  record Sent(String providerMessageId, Evidence evidence) implements Outcome {
    /**
     * Checks that nothing is missing: plugins may be compiled without null checks.
     *
     * @param providerMessageId {@link #providerMessageId()}
     * @param evidence {@link #evidence()}
     */
    public Sent {
      Objects.requireNonNull(providerMessageId, "providerMessageId");
      Objects.requireNonNull(evidence, "evidence");
    }

    @Override
    public OutcomeKind kind() {
      return OutcomeKind.SENT;
    }

    /** Without the message id: some providers make it of the recipient's address. */
    @Override
    public String toString() {
      return "Sent[" + evidence + "]";
    }
  }

  /**
   * Certainly not sent, and another try may succeed: refused connection, DNS, TLS, or the
   * provider's own answer of 5xx. The next provider is tried at once.
   *
   * @param evidence why the outcome is what it is
   */
  record Transient(Evidence evidence) implements Outcome {
    /**
     * Checks that nothing is missing: plugins may be compiled without null checks.
     *
     * @param evidence {@link #evidence()}
     */
    public Transient {
      Objects.requireNonNull(evidence, "evidence");
    }

    @Override
    public OutcomeKind kind() {
      return OutcomeKind.TRANSIENT;
    }
  }

  /**
   * The provider asks for fewer requests. It is cooled down, the next one is tried at once, and its
   * breaker does not count this.
   *
   * @param retryAfter how long the provider asks to be left alone; null if it does not say
   * @param evidence why the outcome is what it is
   */
  record Throttled(@Nullable Duration retryAfter, Evidence evidence) implements Outcome {
    /**
     * Checks that nothing is missing: plugins may be compiled without null checks.
     *
     * @param retryAfter {@link #retryAfter()}
     * @param evidence {@link #evidence()}
     */
    public Throttled {
      Objects.requireNonNull(evidence, "evidence");
    }

    @Override
    public OutcomeKind kind() {
      return OutcomeKind.THROTTLED;
    }
  }

  /**
   * Nothing can be sent through this provider until a person mends it: wrong key, suspended
   * account, no credit. Its breaker opens at once; the next provider is tried.
   *
   * @param evidence why the outcome is what it is
   */
  record ProviderFault(Evidence evidence) implements Outcome {
    /**
     * Checks that nothing is missing: plugins may be compiled without null checks.
     *
     * @param evidence {@link #evidence()}
     */
    public ProviderFault {
      Objects.requireNonNull(evidence, "evidence");
    }

    @Override
    public OutcomeKind kind() {
      return OutcomeKind.PROVIDER_FAULT;
    }
  }

  /**
   * This recipient or this content is refused for good: no other provider is asked.
   *
   * @param reason the class of reason
   * @param evidence why the outcome is what it is
   */
  record Rejected(ReasonClass reason, Evidence evidence) implements Outcome {
    /**
     * Checks that nothing is missing: plugins may be compiled without null checks.
     *
     * @param reason {@link #reason()}
     * @param evidence {@link #evidence()}
     */
    public Rejected {
      Objects.requireNonNull(reason, "reason");
      Objects.requireNonNull(evidence, "evidence");
    }

    @Override
    public OutcomeKind kind() {
      return OutcomeKind.REJECTED;
    }
  }

  /**
   * The request was written, or may have been, and no usable answer came: neither success nor
   * failure. What follows is the policy of the notification.
   *
   * @param evidence why the outcome is what it is
   */
  record Unknown(Evidence evidence) implements Outcome {
    /**
     * Checks that nothing is missing: plugins may be compiled without null checks.
     *
     * @param evidence {@link #evidence()}
     */
    public Unknown {
      Objects.requireNonNull(evidence, "evidence");
    }

    @Override
    public OutcomeKind kind() {
      return OutcomeKind.UNKNOWN;
    }
  }
}
