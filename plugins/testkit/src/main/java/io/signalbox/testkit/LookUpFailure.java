package io.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.Recipient;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a look-up may fail with. */
final class LookUpFailure {
  private static final int MAX_MESSAGE = 200;

  /** Failures that are bugs of a provider, not answers. */
  private static final Class<?>[] BUGS = {
    NullPointerException.class,
    ClassCastException.class,
    IllegalArgumentException.class,
    IllegalStateException.class,
    IndexOutOfBoundsException.class,
    UnsupportedOperationException.class,
    Error.class
  };

  private LookUpFailure() {}

  /** Says why in one short line without secrets and recipient, and is no bug. */
  static void assertHonest(@Nullable Throwable failure, List<String> secrets, Recipient recipient) {
    assertThat(failure).as("the failure of the look-up").isNotNull().isNotInstanceOfAny(BUGS);
    assertThat(failure)
        .message()
        .isNotBlank()
        .hasSizeLessThanOrEqualTo(MAX_MESSAGE)
        .doesNotContain("\n")
        .doesNotContain(secrets)
        .doesNotContain(QuotedAddress.forms(recipient));
  }
}
