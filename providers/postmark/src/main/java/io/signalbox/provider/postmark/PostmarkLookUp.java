package io.signalbox.provider.postmark;

import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.spi.StatusQuery;
import io.signalbox.toolkit.Correlation;
import io.signalbox.toolkit.FormBody;
import io.signalbox.toolkit.HttpAnswer.Answered;
import io.signalbox.toolkit.JsonBody;
import io.signalbox.toolkit.LookUpException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Postmark answers when it is asked for a message. */
final class PostmarkLookUp {
  private static final String MESSAGE_NOT_FOUND = "701";
  private static final String BOUNCED = "Bounced";

  /** What a URL can hold; Postmark's are UUIDs. */
  private static final Pattern MESSAGE_ID = Pattern.compile("[0-9A-Za-z-]{1,64}");

  private static final Pattern BOUNCE_ID = Pattern.compile("\\d{1,19}");

  private PostmarkLookUp() {}

  /**
   * What the details of a message say.
   *
   * @param receipt the event that got furthest, or the status where there is none
   * @param bounceId where that event is a bounce: what to ask for to learn its kind; else null
   */
  record Found(Receipt receipt, @Nullable String bounceId) {}

  /** The message's id as it may stand in a URL; empty if there is none. */
  static Optional<String> messageId(StatusQuery query) {
    return Optional.ofNullable(query.providerMessageId())
        .filter(id -> MESSAGE_ID.matcher(id).matches());
  }

  /** The query string of the search for our value; without a stream only the default's is seen. */
  static String searchParameters(StatusQuery query, String messageStream) {
    return FormBody.empty()
        .with("count", "1")
        .with("offset", "0")
        .with("messagestream", messageStream)
        .with("metadata_" + Correlation.NAME, query.attemptId())
        .encode();
  }

  /**
   * The id of the message that the search found.
   *
   * @throws LookUpException if the answer is an error or no list of messages; and if it has a
   *     message that was not searched for, since then ours may stand behind it
   */
  static Optional<String> searched(Answered answer, StatusQuery query) {
    JsonObject body = body(answer);
    if (!(body.getValue("Messages") instanceof JsonArray messages)) {
      throw LookUpException.unreadable();
    }
    if (messages.isEmpty()) {
      return Optional.empty();
    }
    JsonObject message = JsonBody.object(messages, 0);
    String id = PostmarkEvent.messageId(message);
    if (!query.attemptId().equals(PostmarkEvent.attemptId(message))
        || id == null
        || !MESSAGE_ID.matcher(id).matches()) {
      throw LookUpException.unreadable();
    }
    return Optional.of(id);
  }

  /**
   * What is known of a message.
   *
   * @throws LookUpException if the answer is neither the message nor that there is none
   */
  static Optional<Found> details(Answered answer, StatusQuery query, String id, Instant now) {
    if (!answer.successful() && MESSAGE_NOT_FOUND.equals(code(answer))) {
      return Optional.empty();
    }
    JsonObject body = body(answer);
    String status = JsonBody.text(body, "Status");
    if (!id.equals(PostmarkEvent.messageId(body)) || status == null) {
      throw LookUpException.unreadable();
    }
    Found none =
        new Found(receipt(query, id, status, statusOf(status), new JsonObject(), now), null);
    return Optional.of(
        JsonBody.array(body, "MessageEvents").stream()
            .filter(JsonObject.class::isInstance)
            .map(event -> found((JsonObject) event, query, id, now))
            .filter(found -> found.receipt().status().rank() > 0)
            .max(
                Comparator.comparingInt((Found found) -> found.receipt().status().rank())
                    .thenComparing(found -> found.receipt().occurredAt()))
            .orElse(none));
  }

  /** The same as the webhook of that bounce, and so the same event; of the attempt asked for. */
  static Receipt bounce(Answered answer, StatusQuery query, Found found, Instant now) {
    JsonObject body = body(answer);
    if (!Objects.equals(JsonBody.text(body, "ID"), found.bounceId())) {
      throw LookUpException.unreadable();
    }
    Receipt bounce = PostmarkEvent.receipt(EventMeaning.BOUNCE, body, now);
    return new Receipt(
        bounce.eventId(),
        query.attemptId(),
        found.receipt().providerMessageId(),
        bounce.status(),
        bounce.reason(),
        bounce.providerStatus(),
        bounce.providerCode(),
        bounce.providerText(),
        bounce.recipient(),
        bounce.occurredAt());
  }

  private static Found found(JsonObject event, StatusQuery query, String id, Instant now) {
    String type = Objects.requireNonNullElse(JsonBody.text(event, "Type"), "");
    String bounceId = JsonBody.text(JsonBody.object(event, "Details"), "BounceID");
    boolean known = bounceId != null && BOUNCE_ID.matcher(bounceId).matches();
    return new Found(
        receipt(query, id, type, EventMeaning.ofMessageEvent(type), event, now),
        type.equals(BOUNCED) && known ? bounceId : null);
  }

  private static Receipt receipt(
      StatusQuery query,
      String id,
      String word,
      EventMeaning meaning,
      JsonObject event,
      Instant now) {
    JsonObject details = JsonBody.object(event, "Details");
    String delivery = JsonBody.text(details, "DeliveryMessage");
    Instant time = PostmarkEvent.parseTime(JsonBody.text(event, "ReceivedAt"));
    return new Receipt(
        "lookup:" + id + ":" + word,
        query.attemptId(),
        id,
        meaning.status(),
        meaning.reason(),
        word,
        null,
        delivery == null ? JsonBody.text(details, "Summary") : delivery,
        JsonBody.text(event, "Recipient"),
        time == null ? now : time);
  }

  /** The status of a message that nothing has happened to yet. */
  private static EventMeaning statusOf(String status) {
    return new EventMeaning(
        switch (status.toLowerCase(Locale.ROOT)) {
          case "queued" -> ReceiptStatus.QUEUED;
          case "sent", "processed" -> ReceiptStatus.SENT;
          default -> ReceiptStatus.UNKNOWN;
        },
        ReasonClass.NONE);
  }

  private static JsonObject body(Answered answer) {
    if (!answer.successful()) {
      throw LookUpException.answered(answer.status(), code(answer));
    }
    return JsonBody.object(answer.body()).orElseThrow(LookUpException::unreadable);
  }

  private static @Nullable String code(Answered answer) {
    return JsonBody.object(answer.body())
        .map(body -> JsonBody.text(body, "ErrorCode"))
        .orElse(null);
  }
}
