package io.signalbox.gateway.bus;

import io.signalbox.gateway.bus.OperationMessages.Operate;
import io.signalbox.gateway.bus.OperationMessages.Operated;
import io.signalbox.gateway.call.ProviderCall;

/** How operations of one node use providers that only others have. */
public final class NodeOperationMessages {
  private NodeOperationMessages() {}

  /** The sealed family of this conversation. */
  public sealed interface NodeOperationMessage extends NodeMessage {}

  /**
   * Asks a node to make a call of its provider; answered with {@link OperatedThere} when it has
   * ended. A refusal with status 503 means that it was not begun.
   *
   * @param handedOverAtMillis as {@link NodeProviderMessages.DeliverThere#handedOverAtMillis}
   */
  public record OperateThere(String provider, long handedOverAtMillis, Operate operate)
      implements NodeOperationMessage {}

  /**
   * How the call ended.
   *
   * @param call which call it was
   */
  public record OperatedThere(Class<? extends ProviderCall<?>> call, Operated operated)
      implements NodeOperationMessage {

    /** How a call ended. */
    public static OperatedThere of(ProviderCall<?> call, Operated operated) {
      return new OperatedThere(CallForms.kind(call), operated);
    }
  }
}
