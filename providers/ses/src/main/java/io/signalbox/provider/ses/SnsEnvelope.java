package io.signalbox.provider.ses;

import io.signalbox.toolkit.JsonBody;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What SNS posts: a message of somebody else, or one of its own about the subscription.
 *
 * @param type what it is
 * @param fields the JSON
 */
record SnsEnvelope(Type type, JsonObject fields) {
  private static final String SUBJECT = "Subject";
  private static final List<String> NOTIFICATION_FIELDS =
      List.of("Message", "MessageId", SUBJECT, "Timestamp", "TopicArn", "Type");
  private static final List<String> CONFIRMATION_FIELDS =
      List.of("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type");

  /** The documented types. */
  enum Type {
    NOTIFICATION("Notification"),
    SUBSCRIPTION_CONFIRMATION("SubscriptionConfirmation"),
    UNSUBSCRIBE_CONFIRMATION("UnsubscribeConfirmation");

    private static final Map<String, Type> BY_WIRE_NAME =
        Map.of(
            NOTIFICATION.wireName,
            NOTIFICATION,
            SUBSCRIPTION_CONFIRMATION.wireName,
            SUBSCRIPTION_CONFIRMATION,
            UNSUBSCRIBE_CONFIRMATION.wireName,
            UNSUBSCRIBE_CONFIRMATION);

    private final String wireName;

    Type(String wireName) {
      this.wireName = wireName;
    }

    /** The value of the field {@code Type}. */
    String wireName() {
      return wireName;
    }

    /** The fields that the signature covers, in their order. */
    private List<String> signedFields() {
      return this == NOTIFICATION ? NOTIFICATION_FIELDS : CONFIRMATION_FIELDS;
    }
  }

  /** Reads a body; empty if it is no envelope of a documented type with all that is signed. */
  static Optional<SnsEnvelope> parse(Buffer body) {
    return JsonBody.object(body).flatMap(SnsEnvelope::of);
  }

  private static Optional<SnsEnvelope> of(JsonObject fields) {
    Type type = fields.getValue("Type") instanceof String name ? Type.BY_WIRE_NAME.get(name) : null;
    return type != null && type.signedFields().stream().allMatch(field -> isUsable(fields, field))
        ? Optional.of(new SnsEnvelope(type, fields))
        : Optional.empty();
  }

  /** Whether a signed field is a text; a notification may have no subject. */
  private static boolean isUsable(JsonObject fields, String field) {
    Object value = fields.getValue(field);
    return value instanceof String || (value == null && field.equals(SUBJECT));
  }

  /** A field that is a text, or null. */
  @Nullable String text(String field) {
    return fields.getValue(field) instanceof String text ? text : null;
  }

  /** A field that is there in every envelope. */
  String required(String field) {
    String text = text(field);
    if (text == null) {
      throw new IllegalStateException("parse() lets no envelope pass without " + field);
    }
    return text;
  }

  /** The text that the signature covers. */
  String stringToSign() {
    StringBuilder text = new StringBuilder();
    for (String field : type.signedFields()) {
      String value = text(field);
      if (value != null) {
        text.append(field).append('\n').append(value).append('\n');
      }
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return "SnsEnvelope[" + type.wireName + "]";
  }
}
