package io.signalbox.gateway.operation;

import io.signalbox.gateway.call.ProviderCalls;
import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.ledger.OperationAttempt;

/**
 * Whether a provider still uses the account at which an attempt was made. Its file may have got
 * other credentials since: what is asked then is answered for somebody else's rentals and bookings.
 */
public final class Accounts {
  private Accounts() {}

  /** Whether an attempt's provider uses another account now than when it was made. */
  static boolean isOther(ProviderCalls calls, OperationAttempt attempt) {
    String now = calls.account(attempt.provider());
    return !attempt.account().isEmpty() && !now.isEmpty() && !attempt.account().equals(now);
  }

  /** The same of what one of an operation's attempts has made. */
  static boolean isOther(ProviderCalls calls, Operation operation, int number) {
    return operation.progress().attempts().stream()
        .anyMatch(attempt -> attempt.number() == number && isOther(calls, attempt));
  }

  /**
   * Whether the provider is at another address now than when it did an operation, so that the id of
   * what came of it means something else there. With other credentials it does not: what is
   * followed goes on when a key is changed.
   */
  public static boolean isElsewhere(ProviderCalls calls, Operation operation) {
    if (operation.progress().attempts().isEmpty()) {
      return false;
    }
    OperationAttempt made = operation.progress().newest();
    String now = address(calls.account(made.provider()));
    String then = address(made.account());
    return !then.isEmpty() && !now.isEmpty() && !then.equals(now);
  }

  private static String address(String account) {
    int end = account.indexOf('-');
    return end < 0 ? "" : account.substring(0, end);
  }
}
