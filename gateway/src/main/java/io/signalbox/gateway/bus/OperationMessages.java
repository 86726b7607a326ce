package io.signalbox.gateway.bus;

import io.signalbox.gateway.call.ProviderCall;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.spi.operation.Answer;

/** What operations ask of provider verticles. */
public final class OperationMessages {
  private OperationMessages() {}

  /** The sealed family of this conversation. */
  public sealed interface OperationMessage extends LocalMessage {}

  /**
   * Asks a provider verticle to make a call; answered with {@link Operated}.
   *
   * @param attempt under which the call is recorded
   */
  public record Operate(AttemptId attempt, ProviderCall<?> call) implements OperationMessage {}

  /**
   * How the call ended.
   *
   * @param answer of the call's type
   * @param called whether the provider was asked at all
   * @param tookMillis how long the provider took
   */
  public record Operated(Answer<?> answer, boolean called, long tookMillis)
      implements OperationMessage {}

  /**
   * Published on the node that has the provider, when a call that changes something is answered
   * after it was given up: what was unknown is known then. It may be lost, and does not reach other
   * nodes; a look-up finds the same.
   *
   * @param answer of the call's type
   */
  public record AnsweredLate(
      String provider, AttemptId attempt, ProviderCall<?> call, Answer<?> answer)
      implements OperationMessage {}
}
