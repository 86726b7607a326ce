package io.signalbox.gateway.security;

import org.jspecify.annotations.Nullable;

/** Somebody was not let in; an answer, not a bug. */
public final class SignInException extends RuntimeException {
  private final SignInFailure failure;
  private final transient @Nullable String subject;

  /**
   * Makes the exception, without a stack trace.
   *
   * @param subject who it is, as far as that is proven; null if nothing is
   */
  public SignInException(SignInFailure failure, @Nullable String subject) {
    super("the credential is not valid", null, false, false);
    this.failure = failure;
    this.subject = subject;
  }

  /** Why. */
  public SignInFailure failure() {
    return failure;
  }

  /** Who it is, as far as that is proven; null if nothing is. */
  public @Nullable String subject() {
    return subject;
  }
}
