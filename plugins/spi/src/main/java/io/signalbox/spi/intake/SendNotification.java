package io.signalbox.spi.intake;

import io.signalbox.spi.Channel;
import io.signalbox.spi.Content;
import io.signalbox.spi.MailOptions;
import io.signalbox.spi.Recipient;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A notification to be sent: the one form that intake over HTTP and over the event bus share.
 *
 * @param tenant to whom it belongs; {@code default} where there is only one
 * @param type the application's name of this kind of notification, such as {@code order_shipped}
 * @param channel the channel asked for
 * @param recipients one address for {@code channel}, and one more for each fallback channel that
 *     needs another kind of address
 * @param content what it says
 * @param priority its lane
 * @param fallbackChannels channels to try, in order, when {@code channel} is exhausted; empty for
 *     those of its routing policy
 * @param sendAt not before this time; null for at once
 * @param expiresAt of no use after this time; null if unlimited
 * @param confirmWithin fail over if no receipt says delivered in this time; null for what its
 *     routing policy says
 * @param onUnknown what follows an unknown outcome; null for what its routing policy says
 * @param provider the id of the only provider to use; null for what its routing policy says
 * @param policy the name of its routing policy; null for the one that applies to its type or
 *     channel
 * @param maxAttempts how many attempts at providers it may take, 1 to 999; null for what its
 *     routing policy says
 * @param country ISO 3166-1 alpha-2, lower case; null if not given
 * @param metadata the application's own values, stored and returned, never sent
 * @param tags labels passed to providers that carry such
 * @param ignoreSuppression whether it is sent although a recipient is on the suppression list
 * @param idempotencyKey a repeated request with the same key is answered with the first one's id;
 *     null for none
 * @param mail what it asks for where it goes by mail; null if nothing. Only providers that can do
 *     it are candidates for the channel email
 */
public record SendNotification(
    String tenant,
    String type,
    Channel channel,
    List<Recipient> recipients,
    Content content,
    Priority priority,
    List<Channel> fallbackChannels,
    @Nullable Instant sendAt,
    @Nullable Instant expiresAt,
    @Nullable Duration confirmWithin,
    @Nullable OnUnknown onUnknown,
    @Nullable String provider,
    @Nullable String policy,
    @Nullable Integer maxAttempts,
    @Nullable String country,
    Map<String, Object> metadata,
    Map<String, String> tags,
    boolean ignoreSuppression,
    @Nullable String idempotencyKey,
    @Nullable MailOptions mail)
    implements IntakeRequest {

  /** The tenant of installations that have only one. */
  public static final String DEFAULT_TENANT = "default";

  /**
   * Copies the collections; maps keep their order.
   *
   * @param tenant {@link #tenant()}
   * @param type {@link #type()}
   * @param channel {@link #channel()}
   * @param recipients {@link #recipients()}
   * @param content {@link #content()}
   * @param priority {@link #priority()}
   * @param fallbackChannels {@link #fallbackChannels()}
   * @param sendAt {@link #sendAt()}
   * @param expiresAt {@link #expiresAt()}
   * @param confirmWithin {@link #confirmWithin()}
   * @param onUnknown {@link #onUnknown()}
   * @param provider {@link #provider()}
   * @param policy {@link #policy()}
   * @param maxAttempts {@link #maxAttempts()}
   * @param country {@link #country()}
   * @param metadata {@link #metadata()}
   * @param tags {@link #tags()}
   * @param ignoreSuppression {@link #ignoreSuppression()}
   * @param idempotencyKey {@link #idempotencyKey()}
   * @param mail {@link #mail()}
   */
  public SendNotification {
    recipients = List.copyOf(recipients);
    fallbackChannels = List.copyOf(fallbackChannels);
    metadata = inOrder(metadata);
    tags = inOrder(tags);
  }

  /**
   * A notification that asks for nothing besides where it goes by mail.
   *
   * @param tenant {@link #tenant()}
   * @param type {@link #type()}
   * @param channel {@link #channel()}
   * @param recipients {@link #recipients()}
   * @param content {@link #content()}
   * @param priority {@link #priority()}
   * @param fallbackChannels {@link #fallbackChannels()}
   * @param sendAt {@link #sendAt()}
   * @param expiresAt {@link #expiresAt()}
   * @param confirmWithin {@link #confirmWithin()}
   * @param onUnknown {@link #onUnknown()}
   * @param provider {@link #provider()}
   * @param policy {@link #policy()}
   * @param maxAttempts {@link #maxAttempts()}
   * @param country {@link #country()}
   * @param metadata {@link #metadata()}
   * @param tags {@link #tags()}
   * @param ignoreSuppression {@link #ignoreSuppression()}
   * @param idempotencyKey {@link #idempotencyKey()}
   */
  public SendNotification(
      String tenant,
      String type,
      Channel channel,
      List<Recipient> recipients,
      Content content,
      Priority priority,
      List<Channel> fallbackChannels,
      @Nullable Instant sendAt,
      @Nullable Instant expiresAt,
      @Nullable Duration confirmWithin,
      @Nullable OnUnknown onUnknown,
      @Nullable String provider,
      @Nullable String policy,
      @Nullable Integer maxAttempts,
      @Nullable String country,
      Map<String, Object> metadata,
      Map<String, String> tags,
      boolean ignoreSuppression,
      @Nullable String idempotencyKey) {
    this(
        tenant,
        type,
        channel,
        recipients,
        content,
        priority,
        fallbackChannels,
        sendAt,
        expiresAt,
        confirmWithin,
        onUnknown,
        provider,
        policy,
        maxAttempts,
        country,
        metadata,
        tags,
        ignoreSuppression,
        idempotencyKey,
        null);
  }

  /**
   * {@return the same that asks for something besides where it goes by mail}
   *
   * @param options {@link #mail()}
   */
  public SendNotification withMail(@Nullable MailOptions options) {
    return new SendNotification(
        tenant,
        type,
        channel,
        recipients,
        content,
        priority,
        fallbackChannels,
        sendAt,
        expiresAt,
        confirmWithin,
        onUnknown,
        provider,
        policy,
        maxAttempts,
        country,
        metadata,
        tags,
        ignoreSuppression,
        idempotencyKey,
        options);
  }

  /** Map.copyOf would give an order that differs in every process. */
  private static <V> Map<String, V> inOrder(Map<String, V> values) {
    if (values.isEmpty()) {
      return Collections.emptyMap();
    }
    Map<String, V> copy = new LinkedHashMap<>();
    values.forEach(
        (name, value) ->
            copy.put(
                Objects.requireNonNull(name, "name"),
                Objects.requireNonNull(value, "value of " + name)));
    return Collections.unmodifiableMap(copy);
  }

  /**
   * {@return a notification with everything optional left out, at normal priority}
   *
   * @param type the application's name of this kind of notification
   * @param channel the channel asked for
   * @param recipient its address, of the kind that the channel needs
   * @param content what it says
   */
  public static SendNotification of(
      String type, Channel channel, Recipient recipient, Content content) {
    return new SendNotification(
        DEFAULT_TENANT,
        type,
        channel,
        List.of(recipient),
        content,
        Priority.NORMAL,
        List.of(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        Map.of(),
        Map.of(),
        false,
        null);
  }

  /**
   * {@return the address for a channel, or null if none of the recipients fits it}
   *
   * @param wanted the channel to use
   */
  public @Nullable Recipient recipientFor(Channel wanted) {
    for (Recipient recipient : recipients) {
      boolean fits =
          switch (wanted) {
            case EMAIL -> recipient instanceof Recipient.Email;
            case SMS, WHATSAPP, NUMBER -> recipient instanceof Recipient.Phone;
            case TELEGRAM -> recipient instanceof Recipient.TelegramChat;
            case BOOKING -> false;
          };
      if (fits) {
        return recipient;
      }
    }
    return null;
  }

  @Override
  public String toString() {
    return "SendNotification[" + type + " " + channel.wireName() + "]";
  }
}
