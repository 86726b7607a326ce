package io.signalbox.provider.resend;

import io.signalbox.toolkit.HttpAnswer.Answered;
import io.signalbox.toolkit.JsonBody;
import io.signalbox.toolkit.LookUpException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A page of {@code GET /emails}: the team's mails, the newest first.
 *
 * @param mails of the page, in its order
 * @param more whether older ones follow
 */
record MailList(List<Mail> mails, boolean more) {
  /** Both ways of writing a time are documented: with a T or a blank, with {@code +00} or more. */
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendPattern("['T'][' ']")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendPattern("[XXX][X]")
          .toFormatter(Locale.ROOT);

  /**
   * A mail of the list, which shows no tags.
   *
   * @param createdAt null if it cannot be read
   */
  record Mail(String id, List<String> to, @Nullable Instant createdAt) {

    /** Whether it may be one to that address, created between these times. */
    boolean mayBe(String address, Instant earliest, Instant latest) {
      return to.stream().anyMatch(address::equalsIgnoreCase)
          && (createdAt == null || (!createdAt.isBefore(earliest) && !createdAt.isAfter(latest)));
    }

    /** Whether all mails after it in the list are older than that time. */
    boolean isBefore(Instant earliest) {
      return createdAt != null && createdAt.isBefore(earliest);
    }

    @Override
    public String toString() {
      return "Mail[" + id + "]";
    }
  }

  /**
   * Reads a page.
   *
   * @throws LookUpException if it is none
   */
  static MailList read(Answered answer) {
    if (!answer.successful()) {
      throw LookUpException.answered(answer.status(), ResendErrors.name(answer));
    }
    JsonObject json = JsonBody.object(answer.body()).orElseThrow(LookUpException::unreadable);
    if (!(json.getValue("data") instanceof JsonArray data)) {
      throw LookUpException.unreadable();
    }
    List<Mail> mails = new ArrayList<>();
    for (int i = 0; i < data.size(); i++) {
      mail(JsonBody.object(data, i)).ifPresent(mails::add);
    }
    return new MailList(mails, "true".equals(JsonBody.text(json, "has_more")));
  }

  private static Optional<Mail> mail(JsonObject json) {
    String id = JsonBody.text(json, "id");
    if (id == null || !MailSearch.isId(id)) {
      return Optional.empty();
    }
    JsonArray addresses = JsonBody.array(json, "to");
    List<String> to = new ArrayList<>();
    for (int i = 0; i < addresses.size(); i++) {
      String address = JsonBody.text(addresses, i);
      if (address != null) {
        to.add(address);
      }
    }
    return Optional.of(new Mail(id, to, time(JsonBody.text(json, "created_at"))));
  }

  private static @Nullable Instant time(@Nullable String text) {
    try {
      return text == null ? null : TIME.parse(text, Instant::from);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
