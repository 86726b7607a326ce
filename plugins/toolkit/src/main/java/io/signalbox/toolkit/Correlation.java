package io.signalbox.toolkit;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Our attempt id on its way through a remote API and back in its webhooks; where an API wants the
 * same request for every attempt, the notification's id, which has the same form, takes its place.
 */
public final class Correlation {
  /** The name under which the id is sent along. */
  public static final String NAME = "signalbox_attempt";

  private static final Pattern ATTEMPT_ID = Pattern.compile("[A-Za-z0-9-]{1,40}");

  private Correlation() {}

  /**
   * {@return the value if it has the form of our ids, otherwise null}
   *
   * @param echoed what the remote API sent back; null if nothing
   */
  public static @Nullable String attemptId(@Nullable String echoed) {
    return echoed != null && ATTEMPT_ID.matcher(echoed).matches() ? echoed : null;
  }
}
