package io.signalbox.provider.mailgun;

import io.signalbox.spi.Receipt;
import io.signalbox.spi.StatusQuery;
import io.signalbox.toolkit.FormBody;
import io.signalbox.toolkit.HttpAnswer;
import io.signalbox.toolkit.JsonBody;
import io.signalbox.toolkit.LookUpException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The Events API asked for one attempt: by its message id or, if no answer to the send ever came,
 * for all events of the recipient since then, of which those count that echo our variable.
 */
final class MailgunLookUp {
  /** The most that both the older and the newer documents allow. */
  private static final int PAGE = 100;

  /** How far Mailgun's clock may be behind ours. */
  private static final Duration SLACK = Duration.ofMinutes(2);

  private MailgunLookUp() {}

  /** The query string. The Events API cannot filter by variables. */
  static String parameters(StatusQuery query) {
    String id = MessageId.of(query.providerMessageId());
    FormBody range =
        FormBody.empty()
            .with("begin", Long.toString(query.attemptedAt().minus(SLACK).getEpochSecond()))
            .with("ascending", "yes")
            .with("limit", Integer.toString(PAGE));
    return (id == null
            ? range.with("recipient", query.recipient().address())
            : range.with("message-id", id))
        .encode();
  }

  /**
   * The event that got furthest of those that certainly are about the attempt.
   *
   * @throws LookUpException if the answer is an error or not a page of events; and if the page is
   *     full without one about the attempt, which may then stand on a later page
   */
  static Optional<Receipt> receipt(HttpAnswer.Answered answer, StatusQuery query, Instant now) {
    if (!answer.successful()) {
      throw LookUpException.answered(answer.status(), null);
    }
    JsonObject body = JsonBody.object(answer.body()).orElseThrow(LookUpException::unreadable);
    if (!(body.getValue("items") instanceof JsonArray items)) {
      throw LookUpException.unreadable();
    }
    String id = MessageId.of(query.providerMessageId());
    Optional<Receipt> furthest =
        items.stream()
            .filter(JsonObject.class::isInstance)
            .map(JsonObject.class::cast)
            .filter(event -> isAbout(event, query, id))
            .map(event -> MailgunEvent.receipt(event, now))
            .max(
                Comparator.comparingInt((Receipt receipt) -> receipt.status().rank())
                    .thenComparing(Receipt::occurredAt));
    if (furthest.isEmpty() && items.size() >= PAGE) {
      throw new LookUpException("too many events of others to find the attempt's");
    }
    return furthest.map(receipt -> of(receipt, query));
  }

  private static boolean isAbout(JsonObject event, StatusQuery query, @Nullable String id) {
    return id == null
        ? query.attemptId().equals(MailgunEvent.attemptId(event))
        : id.equals(MailgunEvent.messageId(event));
  }

  /** The same event, and so the same id, as in a webhook; of the attempt that was asked for. */
  private static Receipt of(Receipt receipt, StatusQuery query) {
    return new Receipt(
        receipt.eventId(),
        query.attemptId(),
        receipt.providerMessageId(),
        receipt.status(),
        receipt.reason(),
        receipt.providerStatus(),
        receipt.providerCode(),
        receipt.providerText(),
        receipt.recipient(),
        receipt.occurredAt());
  }
}
