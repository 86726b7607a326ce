package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.NotificationState;
import io.signalbox.spi.Channel;
import io.signalbox.spi.ReceiptStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * In whose words an endpoint hears of events: as CloudEvents, or as the webhooks of a provider that
 * an application understands already. The wire name is stored in ledgers and must never change.
 */
public enum CallbackFormat {
  /** Everything, as CloudEvents. */
  CLOUDEVENTS,
  SENDGRID,
  MAILGUN,
  RESEND,
  POSTMARK,
  TWILIO,
  VONAGE;

  /**
   * Where a notification stands is told once, by its moves: what each of several providers says of
   * its own attempt would be told twice, or as an end that is none. Receipts tell what moves
   * nothing, and a bounce that comes after the delivery.
   */
  private static final Set<String> TOLD =
      Stream.concat(
              Stream.of(
                      NotificationState.SENT,
                      NotificationState.DELIVERED,
                      NotificationState.FAILED,
                      NotificationState.EXPIRED,
                      NotificationState.CANCELLED,
                      NotificationState.DEAD_LETTER)
                  .map(EventTypes::of),
              Stream.of(
                      ReceiptStatus.DEFERRED,
                      ReceiptStatus.BOUNCED,
                      ReceiptStatus.OPENED,
                      ReceiptStatus.CLICKED,
                      ReceiptStatus.READ,
                      ReceiptStatus.COMPLAINED,
                      ReceiptStatus.UNSUBSCRIBED)
                  .map(EventTypes::of))
          .collect(Collectors.toUnmodifiableSet());

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The lower-case name used in the API and in ledgers. */
  public String wireName() {
    return wireName;
  }

  /** Whether events of a type can have words in it at all. */
  public boolean tells(String type) {
    return this == CLOUDEVENTS || TOLD.contains(type);
  }

  /** Whether it speaks of what happens on a channel; null for an event that is of none. */
  public boolean speaksOf(@Nullable Channel channel) {
    return switch (this) {
      case CLOUDEVENTS -> true;
      case SENDGRID, MAILGUN, RESEND, POSTMARK -> channel == Channel.EMAIL;
      case TWILIO, VONAGE -> channel == Channel.SMS || channel == Channel.WHATSAPP;
    };
  }

  /** The wire names of all. */
  public static List<String> names() {
    return Arrays.stream(values()).map(CallbackFormat::wireName).toList();
  }

  /** Finds the format of a wire name. */
  public static Optional<CallbackFormat> find(String wireName) {
    for (CallbackFormat format : values()) {
      if (format.wireName.equals(wireName)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }
}
