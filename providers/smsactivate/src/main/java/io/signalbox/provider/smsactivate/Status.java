package io.signalbox.provider.smsactivate;

import io.signalbox.spi.operation.RentalChange;
import io.signalbox.spi.operation.RentalMessage;
import io.signalbox.spi.operation.RentalState;
import io.signalbox.spi.operation.RentalStatus;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the service says about the state of a rental. Pure functions. */
final class Status {
  private Status() {}

  /**
   * The state that an answer to {@code getStatus} tells; empty if it tells none. That a rental was
   * cancelled and that its time ran out is the same word.
   */
  static Optional<RentalStatus> read(Said said) {
    String code = said.filledArgument();
    return switch (said.word()) {
      case "STATUS_WAIT_CODE" -> Optional.of(of(RentalState.WAITING, null));
      case "STATUS_WAIT_RETRY", "STATUS_WAIT_RESEND" ->
          Optional.of(of(RentalState.WAITING_FOR_ANOTHER, code));
      case "STATUS_OK" ->
          code == null ? Optional.empty() : Optional.of(of(RentalState.RECEIVED, code));
      case "STATUS_CANCEL" -> Optional.of(of(RentalState.ENDED, null));
      default -> Optional.empty();
    };
  }

  /** The state that an answer to {@code setStatus} tells; empty if the change was not made. */
  static Optional<RentalStatus> changed(Said said, RentalChange change) {
    return said.is(done(change)) ? Optional.of(of(after(change), null)) : Optional.empty();
  }

  /**
   * What a refused change comes to where it had been made before; empty if it had not. A code that
   * came and cannot be finished has been finished.
   */
  static Optional<RentalStatus> madeBefore(RentalStatus now, RentalChange change) {
    boolean isMade =
        switch (change) {
          case CANCEL -> now.state() == RentalState.ENDED;
          case FINISH -> now.state() == RentalState.RECEIVED;
          case RETRY -> now.state() == RentalState.WAITING_FOR_ANOTHER;
        };
    return isMade ? Optional.of(new RentalStatus(after(change), now.messages())) : Optional.empty();
  }

  private static RentalState after(RentalChange change) {
    return switch (change) {
      case CANCEL -> RentalState.CANCELLED;
      case FINISH -> RentalState.FINISHED;
      case RETRY -> RentalState.WAITING_FOR_ANOTHER;
    };
  }

  private static String done(RentalChange change) {
    return switch (change) {
      case CANCEL -> "ACCESS_CANCEL";
      case FINISH -> "ACCESS_ACTIVATION";
      case RETRY -> "ACCESS_RETRY_GET";
    };
  }

  private static RentalStatus of(RentalState state, @Nullable String code) {
    return new RentalStatus(
        state, code == null ? List.of() : List.of(new RentalMessage(code, null, null)));
  }
}
