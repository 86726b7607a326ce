package io.signalbox.provider.telegram;

import io.signalbox.spi.CheckResult;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.Recipient;
import io.signalbox.spi.Secret;
import io.signalbox.toolkit.HttpAnswer;
import io.signalbox.toolkit.JsonBody;
import io.signalbox.toolkit.OutcomeTable;
import io.signalbox.toolkit.RecipientMask;
import io.signalbox.toolkit.RetryAfter;
import io.signalbox.toolkit.Verdict;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What Telegram's answers mean. Its refusals differ in their description only, which is no stable
 * contract: parts of it are looked for, and what is not known falls back to its status. The README
 * shows the same table.
 */
final class TelegramErrors {
  /** In order: the first part that a description holds decides. */
  private static final List<Row> DESCRIPTIONS =
      List.of(
          new Row(400, "chat not found", ReasonClass.HARD_BOUNCE),
          new Row(400, "user not found", ReasonClass.HARD_BOUNCE),
          new Row(400, "peer_id_invalid", ReasonClass.HARD_BOUNCE),
          new Row(400, "upgraded to a supergroup", ReasonClass.HARD_BOUNCE),
          new Row(400, "group is deactivated", ReasonClass.HARD_BOUNCE),
          new Row(400, "not enough rights", ReasonClass.BLOCKED),
          new Row(403, "blocked by the user", ReasonClass.UNSUBSCRIBED),
          new Row(403, "user is deactivated", ReasonClass.HARD_BOUNCE),
          new Row(403, "messages to bots", ReasonClass.INVALID_RECIPIENT));

  /** The rest of 400 is about the content, the rest of 403 about what the chat allows. */
  private static final OutcomeTable REFUSALS =
      OutcomeTable.builder()
          .statuses(Verdict.rejected(ReasonClass.INVALID_CONTENT), 400)
          .statuses(Verdict.rejected(ReasonClass.BLOCKED), 403)
          .statuses(Verdict.PROVIDER_FAULT, 409)
          .build();

  private final String token;

  /**
   * Makes a reader of answers.
   *
   * @param botToken removed from every text that it passes on
   */
  TelegramErrors(Secret botToken) {
    this.token = botToken.reveal();
  }

  private record Row(int status, String part, ReasonClass reason) {}

  /** The new id of a group that became a supergroup. */
  static OptionalLong migratedTo(HttpAnswer answer) {
    if (!(answer instanceof HttpAnswer.Answered answered) || answered.status() != 400) {
      return OptionalLong.empty();
    }
    return JsonBody.object(answered.body())
        .map(json -> JsonBody.object(json, "parameters"))
        .map(parameters -> JsonBody.integer(parameters, "migrate_to_chat_id"))
        .orElse(OptionalLong.empty());
  }

  Outcome outcome(HttpAnswer.Answered answer, Recipient recipient, Instant now) {
    JsonObject body = JsonBody.object(answer.body()).orElseGet(JsonObject::new);
    if (answer.successful()) {
      return sentOrUnknown(answer, body);
    }
    String description = JsonBody.text(body, "description");
    String text = RecipientMask.masked(shown(description), recipient);
    Evidence evidence = answer.evidence(JsonBody.text(body, "error_code"), text);
    return verdict(answer.status(), description).outcome(evidence, wait(answer, body, now));
  }

  CheckResult check(HttpAnswer.Answered answered) {
    JsonObject body = JsonBody.object(answered.body()).orElseGet(JsonObject::new);
    if (answered.successful() && isOk(body)) {
      String name = JsonBody.text(JsonBody.object(body, "result"), "username");
      return CheckResult.healthy("the token is good" + (name == null ? "" : ", bot @" + name));
    }
    String description = shown(JsonBody.text(body, "description"));
    return CheckResult.unhealthy(
        "getMe answered " + answered.status() + (description == null ? "" : ": " + description));
  }

  private static Outcome sentOrUnknown(HttpAnswer.Answered answer, JsonObject body) {
    JsonObject message = JsonBody.object(body, "result");
    OptionalLong id = JsonBody.integer(message, "message_id");
    OptionalLong chat = JsonBody.integer(JsonBody.object(message, "chat"), "id");
    if (!isOk(body) || id.isEmpty() || chat.isEmpty()) {
      return new Outcome.Unknown(
          answer.evidence("unreadable_answer", "a success without chat and message_id"));
    }
    // A message's number is unique within its chat only.
    return new Outcome.Sent(chat.getAsLong() + ":" + id.getAsLong(), answer.evidence(null, null));
  }

  private static Verdict verdict(int status, @Nullable String description) {
    if (description == null) {
      return OutcomeTable.verdictOfStatus(status); // Not Telegram that speaks: a proxy.
    }
    String text = description.toLowerCase(Locale.ROOT);
    for (Row row : DESCRIPTIONS) {
      if (row.status() == status && text.contains(row.part())) {
        return Verdict.rejected(row.reason());
      }
    }
    return REFUSALS.verdict(status, null);
  }

  private static @Nullable Duration wait(HttpAnswer.Answered answer, JsonObject body, Instant now) {
    OptionalLong seconds = JsonBody.integer(JsonBody.object(body, "parameters"), "retry_after");
    return seconds.isPresent()
        ? RetryAfter.ofSeconds(seconds.getAsLong())
        : RetryAfter.parse(answer.header("Retry-After"), now).orElse(null);
  }

  private static boolean isOk(JsonObject body) {
    return Boolean.TRUE.equals(body.getValue("ok"));
  }

  /** A proxy's error page may quote the URL, and the token with it. */
  private @Nullable String shown(@Nullable String text) {
    return text == null ? null : text.replace(token, "<bot_token>");
  }
}
