package io.signalbox.simulator.vonage;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A message, or a part of one, that was taken, in the status that it reached. */
final class SentMessage {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssZ", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** Which API took it, by its name in reports. */
  enum Product {
    SMS,
    MESSAGES
  }

  private final Product product;
  private final String id;
  private final String channel;
  private final String to;
  private final String from;
  private final @Nullable String reference;
  private final Instant received;
  private @Nullable Instant finalized;
  private String status = "submitted";
  private String errorCode = "0";
  private @Nullable String errorText;

  SentMessage(
      Product product,
      String id,
      String channel,
      String to,
      String from,
      @Nullable String reference,
      Instant received) {
    this.product = product;
    this.id = id;
    this.channel = channel;
    this.to = to;
    this.from = from;
    this.reference = reference;
    this.received = received;
  }

  Product product() {
    return product;
  }

  String id() {
    return id;
  }

  String channel() {
    return channel;
  }

  String to() {
    return to;
  }

  String from() {
    return from;
  }

  @Nullable String reference() {
    return reference;
  }

  Instant received() {
    return received;
  }

  String status() {
    return status;
  }

  /** Moves to a status that nothing is wrong with. */
  void becomes(String newStatus, Instant at) {
    becomes(newStatus, "0", null, at);
  }

  /** Moves to a status with an error. */
  void becomes(String newStatus, String code, @Nullable String text, Instant at) {
    status = newStatus;
    errorCode = code;
    errorText = text;
    finalized = at;
  }

  /** Its record in a report. */
  JsonObject toRecord(String accountId) {
    JsonObject item =
        new JsonObject()
            .put("account_id", accountId)
            .put("message_id", id)
            .put("client_ref", reference == null ? "" : reference)
            .put("direction", "outbound")
            .put("from", from)
            .put("to", to)
            .put("country", "GB")
            .put("country_name", "United Kingdom")
            .put("date_received", TIME.format(received))
            .put("date_finalized", finalized == null ? null : TIME.format(finalized))
            .put(
                "latency",
                finalized == null ? null : finalized.toEpochMilli() - received.toEpochMilli())
            .put("status", status)
            .put("error_code", errorCode)
            .put("currency", "EUR")
            .put("total_price", VonageApi.PRICE);
    return switch (product) {
      case SMS ->
          item.put("network", VonageApi.NETWORK)
              .put("error_code_description", errorText == null ? "Delivered" : errorText);
      case MESSAGES -> item.put("provider", channel);
    };
  }

  @Override
  public String toString() {
    return "SentMessage[" + id + ", " + status + "]";
  }
}
