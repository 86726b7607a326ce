package io.signalbox.gateway.ledger;

import io.signalbox.spi.BookingChange;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Receipt;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A webhook to be stored: as it came in, and what it was found to say.
 *
 * @param provider whose webhook
 * @param receivedAtMillis when it arrived
 * @param method of the request
 * @param url of the request, with its query, without secrets
 * @param headers those needed to understand the body later, as a JSON object, without secrets
 * @param body the raw bytes
 * @param problem why the body, though authentic, could not be read; null if it could
 * @param receipts what it says, in its order; empty if it speaks of no message
 * @param channels what the provider carries
 * @param bookings what it says of bookings, in its order; empty if it speaks of none
 */
public record WebhookBody(
    String provider,
    long receivedAtMillis,
    String method,
    String url,
    String headers,
    Buffer body,
    @Nullable String problem,
    List<Receipt> receipts,
    Set<Channel> channels,
    List<BookingChange> bookings) {

  /** Copies the collections. */
  public WebhookBody {
    receipts = List.copyOf(receipts);
    channels = Set.copyOf(channels);
    bookings = List.copyOf(bookings);
  }

  /** One that speaks of no booking. */
  public WebhookBody(
      String provider,
      long receivedAtMillis,
      String method,
      String url,
      String headers,
      Buffer body,
      @Nullable String problem,
      List<Receipt> receipts,
      Set<Channel> channels) {
    this(
        provider,
        receivedAtMillis,
        method,
        url,
        headers,
        body,
        problem,
        receipts,
        channels,
        List.of());
  }

  @Override
  public String toString() {
    return "WebhookBody[" + provider + " " + body.length() + " bytes]";
  }
}
