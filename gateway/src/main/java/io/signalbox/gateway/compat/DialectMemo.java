package io.signalbox.gateway.compat;

import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.notification.NotificationParser;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of a request of a dialect beside the notification itself, under {@link #FIELD} of
 * its JSON object: what answers and callbacks tell again.
 *
 * @param dialect its name
 * @param account whose request the application said it is, such as Twilio's account; null if the
 *     dialect has no such thing
 * @param sender the sender that was asked for; null if none was
 * @param callbackUrl where the application wants to hear of this notification; null for nowhere
 * @param custom the application's own values, such as custom arguments or a reference
 * @param labels the application's own labels, such as categories
 * @param message the id that the application was told, if that is another notification's: this one
 *     is a further recipient of its message; null if it is its own
 * @param recipient as the application has them, with a name; null if without one
 * @param others the notifications of the further recipients of its message, where the application
 *     may ask what became of it; empty for those themselves, and where it cannot ask
 */
public record DialectMemo(
    String dialect,
    @Nullable String account,
    @Nullable String sender,
    @Nullable String callbackUrl,
    Map<String, Object> custom,
    List<String> labels,
    @Nullable NotificationId message,
    @Nullable String recipient,
    List<NotificationId> others) {
  /** The name of the field; requests of the gateway's own API cannot have it. */
  public static final String FIELD = NotificationParser.MEMO;

  private static final String DIALECT = "dialect";
  private static final String ACCOUNT = "account";
  private static final String SENDER = "sender";
  private static final String CALLBACK_URL = "callback_url";

  /** What the dialect's name of the field for {@code callbackUrl} is given for. */
  public static final String CALLBACK_POINTER = "/" + FIELD + "/" + CALLBACK_URL;

  private static final String CUSTOM = "custom";
  private static final String LABELS = "labels";
  private static final String MESSAGE = "message";
  private static final String RECIPIENT = "recipient";
  private static final String OTHERS = "others";

  /** Copies the collections. */
  public DialectMemo {
    custom = Map.copyOf(custom);
    labels = List.copyOf(labels);
    others = List.copyOf(others);
  }

  /** One that stands alone. */
  public DialectMemo(
      String dialect,
      @Nullable String account,
      @Nullable String sender,
      @Nullable String callbackUrl,
      Map<String, Object> custom,
      List<String> labels) {
    this(dialect, account, sender, callbackUrl, custom, labels, null, null, List.of());
  }

  /** The same for a further recipient of a message. */
  public DialectMemo of(NotificationId told) {
    return new DialectMemo(
        dialect, account, sender, callbackUrl, custom, labels, told, recipient, List.of());
  }

  /** The same for the first of several recipients of a message. */
  public DialectMemo with(List<NotificationId> ofOthers) {
    return new DialectMemo(
        dialect, account, sender, callbackUrl, custom, labels, message, recipient, ofOthers);
  }

  /** The same for a recipient with a name. */
  public DialectMemo to(String named) {
    return new DialectMemo(
        dialect, account, sender, callbackUrl, custom, labels, message, named, others);
  }

  /** Nothing but the dialect. */
  public static DialectMemo of(String dialect) {
    return new DialectMemo(dialect, null, null, null, Map.of(), List.of());
  }

  /** The stored form. */
  public JsonObject toJson() {
    JsonObject json = new JsonObject().put(DIALECT, dialect);
    put(json, ACCOUNT, account);
    put(json, SENDER, sender);
    put(json, CALLBACK_URL, callbackUrl);
    if (!custom.isEmpty()) {
      json.put(CUSTOM, new JsonObject(Map.copyOf(custom)));
    }
    if (!labels.isEmpty()) {
      json.put(LABELS, new JsonArray(labels));
    }
    put(json, MESSAGE, message == null ? null : message.toString());
    put(json, RECIPIENT, recipient);
    if (!others.isEmpty()) {
      json.put(OTHERS, new JsonArray(others.stream().map(NotificationId::toString).toList()));
    }
    return json;
  }

  /** What is stored with a notification; empty if it came by the gateway's own API. */
  public static Optional<DialectMemo> of(JsonObject notification) {
    JsonObject json = notification.getJsonObject(FIELD);
    if (json == null) {
      return Optional.empty();
    }
    return Optional.of(
        new DialectMemo(
            json.getString(DIALECT),
            json.getString(ACCOUNT),
            json.getString(SENDER),
            json.getString(CALLBACK_URL),
            json.getJsonObject(CUSTOM, new JsonObject()).getMap(),
            json.getJsonArray(LABELS, new JsonArray()).stream().map(String::valueOf).toList(),
            NotificationId.parse(json.getString(MESSAGE, "")).orElse(null),
            json.getString(RECIPIENT),
            json.getJsonArray(OTHERS, new JsonArray()).stream()
                .flatMap(id -> NotificationId.parse(String.valueOf(id)).stream())
                .toList()));
  }

  private static void put(JsonObject json, String name, @Nullable String value) {
    if (value != null) {
      json.put(name, value);
    }
  }

  /** Nothing of it but the dialect: it has personal data. */
  @Override
  public String toString() {
    return "DialectMemo[" + dialect + "]";
  }
}
