package io.signalbox.provider.vonage;

import io.signalbox.spi.Receipt;
import io.signalbox.spi.StatusQuery;
import io.signalbox.toolkit.HttpAnswer;
import io.signalbox.toolkit.JsonBody;
import io.signalbox.toolkit.LookUpException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds an attempt in an answer of the Reports API. */
final class ReportRecords {
  /** Both ways of writing an offset are documented. */
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .appendPattern("[XXX][XX]")
          .toFormatter(Locale.ROOT);

  /** A text has not arrived while one of its parts has not: that part speaks for all. */
  private static final Comparator<Receipt> WORST_FIRST =
      Comparator.comparing((Receipt receipt) -> !receipt.status().meansNotDelivered())
          .thenComparing(receipt -> receipt.status().rank());

  private ReportRecords() {}

  /**
   * Reads the answer to a {@link ReportQuery}.
   *
   * @return empty if no record is certainly of that attempt
   * @throws LookUpException if the answer is an error, cannot be read, or is not all
   */
  static Optional<Receipt> receipt(
      HttpAnswer.Answered answer, VonageConfig.Api api, StatusQuery query, Instant now) {
    if (!answer.successful()) {
      throw LookUpException.answered(answer.status(), null);
    }
    JsonObject body = JsonBody.object(answer.body()).orElseThrow(LookUpException::unreadable);
    boolean told = body.containsKey("records") || body.containsKey("ids_not_found");
    if (!told) {
      throw LookUpException.unreadable();
    }
    JsonArray records = JsonBody.array(body, "records");
    List<Receipt> ours = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      JsonObject item = JsonBody.object(records, i);
      if (isOurs(item, query)) {
        ours.add(receipt(item, api, query, now));
      }
    }
    if (ours.isEmpty() && "TRUNCATED".equals(JsonBody.text(body, "request_status"))) {
      throw new LookUpException("too many messages went to this number at that time");
    }
    return ours.stream().min(WORST_FIRST);
  }

  private static boolean isOurs(JsonObject item, StatusQuery query) {
    String id = JsonBody.text(item, "message_id");
    String status = JsonBody.text(item, "status");
    if (id == null || id.isBlank() || status == null) {
      return false;
    }
    return query.providerMessageId() == null
        ? query.attemptId().equals(JsonBody.text(item, "client_ref"))
        : query.providerMessageId().equals(id);
  }

  private static Receipt receipt(
      JsonObject item, VonageConfig.Api api, StatusQuery query, Instant now) {
    String id = String.valueOf(JsonBody.text(item, "message_id"));
    String status = String.valueOf(JsonBody.text(item, "status"));
    String code = JsonBody.text(item, "error_code");
    Meaning meaning =
        switch (api) {
          case SMS -> SmsReceipts.meaning(status, code);
          case MESSAGES -> MessageStatuses.meaning(status, code);
        };
    return new Receipt(
        "lookup:" + id + ":" + status,
        query.attemptId(),
        id,
        meaning.status(),
        meaning.reason(),
        status,
        code,
        JsonBody.text(item, "error_code_description"),
        JsonBody.text(item, "to"),
        time(item, now));
  }

  private static Instant time(JsonObject item, Instant now) {
    return time(JsonBody.text(item, "date_finalized"))
        .or(() -> time(JsonBody.text(item, "date_received")))
        .orElse(now);
  }

  private static Optional<Instant> time(@Nullable String text) {
    try {
      return text == null ? Optional.empty() : Optional.of(TIME.parse(text, Instant::from));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
