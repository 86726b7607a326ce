package io.signalbox.gateway.bus;

import io.signalbox.gateway.bus.ProviderMessages.Deliver;
import io.signalbox.gateway.bus.ProviderMessages.Delivered;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.model.AttemptId;
import java.util.List;
import java.util.Set;

/** How a node uses providers that only others have. */
public final class NodeProviderMessages {
  private NodeProviderMessages() {}

  /** The sealed family of this conversation. */
  public sealed interface NodeProviderMessage extends NodeMessage {}

  /**
   * Tells all nodes which providers of one take work; told when they change and each second,
   * because it may be lost. Without their warnings, which may quote a configuration.
   *
   * @param from id of the node
   * @param clockMillis of that node, which means something there alone
   * @param leaving whether it tells this for the last time: it ends what it was given
   */
  public record ProvidersHere(
      String from, long clockMillis, boolean leaving, List<ProviderState> providers)
      implements NodeProviderMessage {

    /** Copies the list. */
    public ProvidersHere {
      providers = List.copyOf(providers);
    }
  }

  /**
   * Asks a node to make an attempt over its provider; answered with {@link DeliveredThere} when the
   * attempt has ended. A refusal with status 503 means that it was not begun.
   *
   * @param handedOverAtMillis when, by the clock of the node that is asked, as near as the one that
   *     asks can tell, and rather too early: so a request is known that was on its way for long
   */
  public record DeliverThere(String provider, long handedOverAtMillis, Deliver deliver)
      implements NodeProviderMessage {}

  /** How the attempt ended. */
  public record DeliveredThere(Delivered delivered) implements NodeProviderMessage {}

  /** Asks which of these attempts a node has; answered with {@link Had}. */
  public record AskHad(Set<AttemptId> attempts) implements NodeProviderMessage {

    /** Copies the set. */
    public AskHad {
      attempts = Set.copyOf(attempts);
    }
  }

  /** Those of them that are under way there. */
  public record Had(Set<AttemptId> attempts) implements NodeProviderMessage {

    /** Copies the set. */
    public Had {
      attempts = Set.copyOf(attempts);
    }
  }
}
