package io.signalbox.gateway.bus;

import io.signalbox.gateway.bus.ProviderMessages.Deliver;
import io.signalbox.gateway.bus.ProviderMessages.Delivered;
import io.signalbox.gateway.bus.ProviderMessages.LookedUp;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.spi.StatusQuery;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
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

  /** Asks a node to look an attempt up at its provider; answered with {@link LookedUpThere}. */
  public record LookUpThere(String provider, StatusQuery query) implements NodeProviderMessage {}

  /** What came of it. */
  public record LookedUpThere(LookedUp lookedUp) implements NodeProviderMessage {}

  /**
   * Asks a node to verify and normalise a webhook that came for its provider; answered with {@link
   * ReceivedThere}.
   *
   * @param headers in their order
   */
  public record ReceiveThere(
      String provider,
      String method,
      String url,
      String rawQuery,
      List<Header> headers,
      Buffer body,
      Instant receivedAt)
      implements NodeProviderMessage {

    /** Copies the list. */
    public ReceiveThere {
      headers = List.copyOf(headers);
    }

    /** A webhook as it came. */
    public static ReceiveThere of(String provider, WebhookRequest request) {
      return new ReceiveThere(
          provider,
          request.method(),
          request.url(),
          request.rawQuery(),
          request.headers().entries().stream()
              .map(header -> new Header(header.getKey(), header.getValue()))
              .toList(),
          request.body(),
          request.receivedAt());
    }

    /** The webhook. */
    public WebhookRequest request() {
      MultiMap all = MultiMap.caseInsensitiveMultiMap();
      headers.forEach(header -> all.add(header.name(), header.value()));
      return new WebhookRequest(method, url, rawQuery, all, body, receivedAt);
    }

    /** Without what the provider said, and its secrets. */
    @Override
    public String toString() {
      return "ReceiveThere[" + provider + " " + body.length() + " bytes]";
    }
  }

  /** A line of a webhook's head. */
  public record Header(String name, String value) {}

  /** What the provider made of it. */
  public record ReceivedThere(WebhookResult result) implements NodeProviderMessage {}

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
