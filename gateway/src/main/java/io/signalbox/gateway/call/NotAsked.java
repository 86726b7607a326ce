package io.signalbox.gateway.call;

import io.signalbox.gateway.model.PastAttempt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The codes of calls that were not made: their provider was never asked, so that nobody has refused
 * anything.
 */
public final class NotAsked {
  /** The provider has no such channel any more. */
  public static final String NO_OPERATIONS = "no_operations";

  /** The provider takes no new work. */
  public static final String DRAINING = "draining";

  /** The provider has asked for a pause before. */
  public static final String COOLING_DOWN = "cooling_down";

  /** Too many calls are under way at the provider. */
  public static final String NO_PERMIT = "no_permit";

  private static final Set<String> CODES =
      Set.of(
          PastAttempt.BREAKER_OPEN,
          PastAttempt.PROVIDER_GONE,
          NO_OPERATIONS,
          DRAINING,
          COOLING_DOWN,
          NO_PERMIT);

  private NotAsked() {}

  /**
   * Whether the end of a call says that it was not made.
   *
   * @param code of its evidence; null if it has none
   * @param httpStatus what the provider answered; 0 for nothing
   */
  public static boolean says(@Nullable String code, int httpStatus) {
    return code != null && httpStatus == 0 && CODES.contains(code);
  }
}
