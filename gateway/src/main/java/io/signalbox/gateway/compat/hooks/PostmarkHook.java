package io.signalbox.gateway.compat.hooks;

import io.signalbox.gateway.ledger.Sha256;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Postmark's webhooks: one record, behind the user name and password that the endpoint has. */
final class PostmarkHook implements Hook {
  private static final String STREAM = "outbound";

  /** Numbers beyond it are not exact in JavaScript. */
  private static final long LARGEST_ID = (1L << 53) - 1;

  @Override
  public Optional<HookRequest> request(HookNews news, HookTarget target) {
    return json(news)
        .map(
            json ->
                HookRequest.json(json)
                    .with(
                        "Authorization",
                        "Basic "
                            + Base64.getEncoder()
                                .encodeToString(target.secret().getBytes(StandardCharsets.UTF_8))));
  }

  private static Optional<JsonObject> json(HookNews news) {
    return switch (news.kind()) {
      case DELIVERED ->
          Optional.of(
              recipient(news, "Delivery")
                  .put("DeliveredAt", HookTimes.sevenDigits(news.at()))
                  .put("Details", news.text() == null ? "" : news.text()));
      case DEFERRED -> Optional.of(bounce(news, "Bounce", Type.TRANSIENT));
      case FAILED, EXPIRED -> Optional.of(bounce(news, "Bounce", Type.of(news)));
      case COMPLAINED -> Optional.of(bounce(news, "SpamComplaint", Type.SPAM_COMPLAINT));
      case OPENED ->
          Optional.of(recipient(news, "Open").put("ReceivedAt", HookTimes.sevenDigits(news.at())));
      case CLICKED ->
          Optional.of(recipient(news, "Click").put("ReceivedAt", HookTimes.sevenDigits(news.at())));
      case UNSUBSCRIBED ->
          Optional.of(
              recipient(news, "SubscriptionChange")
                  .put("ChangedAt", HookTimes.sevenDigits(news.at()))
                  .put("Origin", "Recipient")
                  .put("SuppressSending", true)
                  .put("SuppressionReason", "ManualSuppression"));
      case SENT, CANCELLED, READ -> Optional.empty();
    };
  }

  private static JsonObject recipient(HookNews news, String record) {
    return common(news, record).put("Recipient", news.recipient());
  }

  private static JsonObject common(HookNews news, String record) {
    List<String> labels = news.memo().labels();
    String stream = news.accountOf("postmark");
    return new JsonObject()
        .put("RecordType", record)
        .put("MessageID", news.message().toString())
        .put("ServerID", 0)
        .put("MessageStream", stream == null ? STREAM : stream)
        .put("Tag", labels.isEmpty() ? "" : labels.get(0))
        .put("Metadata", new JsonObject(news.memo().custom()));
  }

  private static JsonObject bounce(HookNews news, String record, Type type) {
    return common(news, record)
        .put("ID", number(news.eventId()))
        .put("Type", type.wireName)
        .put("TypeCode", type.code)
        .put("Name", type.title)
        .put("Description", type.title)
        .put("Details", news.why())
        .put("Email", news.recipient())
        .put("From", news.memo().sender() == null ? "" : news.memo().sender())
        .put("BouncedAt", HookTimes.sevenDigits(news.at()))
        .put("DumpAvailable", false)
        .put("Inactive", type == Type.HARD || type == Type.SPAM_COMPLAINT)
        .put("CanActivate", type == Type.HARD)
        .put("Subject", news.subject() == null ? "" : news.subject());
  }

  /** The same for the same event, since it is what receivers know repetitions by. */
  private static long number(String eventId) {
    byte[] hash = Sha256.of(eventId.getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.wrap(hash).getLong() & LARGEST_ID;
  }

  /** Postmark's types of bounces, as far as we tell any. */
  private enum Type {
    HARD("HardBounce", 1, "Hard bounce"),
    TRANSIENT("Transient", 2, "Message delayed"),
    UNKNOWN("Unknown", 2048, "Unknown"),
    SOFT("SoftBounce", 4096, "Soft bounce"),
    BAD_ADDRESS("BadEmailAddress", 100_000, "Invalid email address"),
    SPAM_COMPLAINT("SpamComplaint", 100_001, "Spam complaint"),
    DEACTIVATED("ManuallyDeactivated", 100_002, "Manually deactivated"),
    BLOCKED("Blocked", 100_006, "Blocked");

    private final String wireName;
    private final int code;
    private final String title;

    Type(String wireName, int code, String title) {
      this.wireName = wireName;
      this.code = code;
      this.title = title;
    }

    static Type of(HookNews news) {
      return switch (news.reason()) {
        case HARD_BOUNCE -> HARD;
        case SOFT_BOUNCE -> SOFT;
        case INVALID_RECIPIENT -> BAD_ADDRESS;
        case BLOCKED, SPAM -> BLOCKED;
        case SUPPRESSED, UNSUBSCRIBED, COMPLAINT -> DEACTIVATED;
        default -> UNKNOWN;
      };
    }
  }
}
