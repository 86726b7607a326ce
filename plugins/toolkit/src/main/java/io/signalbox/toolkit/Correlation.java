package io.signalbox.toolkit;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Our attempt id on its way through a remote API and back in its webhooks. */
public final class Correlation {
  /** The name under which the attempt id is sent along. */
  public static final String NAME = "signalbox_attempt";

  private static final Pattern ATTEMPT_ID = Pattern.compile("[A-Za-z0-9-]{1,40}");

  private Correlation() {}

  /** The echoed value if it has the form of an attempt id, otherwise null. */
  public static @Nullable String attemptId(@Nullable String echoed) {
    return echoed != null && ATTEMPT_ID.matcher(echoed).matches() ? echoed : null;
  }
}
