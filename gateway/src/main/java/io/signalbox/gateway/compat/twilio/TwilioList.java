package io.signalbox.gateway.compat.twilio;

import io.signalbox.gateway.compat.DialectAnswer;
import io.signalbox.gateway.compat.DialectCall;
import io.signalbox.gateway.compat.DialectRequest;
import io.signalbox.gateway.compat.FormFields;
import io.signalbox.gateway.compat.JsonFields;
import io.signalbox.gateway.compat.Mistakes;
import io.signalbox.gateway.ledger.Timeline;
import io.signalbox.spi.Channel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code GET Messages.json}: SMS and WhatsApp messages of the tenant, newest first. */
final class TwilioList implements DialectCall.Listing {
  private static final String TOKEN_PREFIX = "PA";
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
  private static final Set<String> OF_THE_PAGE =
      Set.of(TwilioFields.PAGE_SIZE, TwilioFields.PAGE, TwilioFields.PAGE_TOKEN);

  @Override
  public String path() {
    return TwilioCreate.PATH;
  }

  @Override
  public DialectCall.Wanted wanted(DialectRequest request) {
    Mistakes mistakes = new Mistakes();
    JsonFields query =
        new JsonFields(FormFields.of(request.query()).json(), TwilioFields.TO_LIST, mistakes);
    String to = query.text(TwilioFields.TO);
    TwilioAddress address = to == null || to.isBlank() ? null : TwilioAddress.of(to);
    Span on = span(query, TwilioFields.SENT_ON, mistakes);
    Span after = span(query, TwilioFields.SENT_AFTER, mistakes);
    Span before = span(query, TwilioFields.SENT_BEFORE, mistakes);
    long place = place(query, mistakes);
    int size = pageSize(query, mistakes);
    number(query, TwilioFields.PAGE, mistakes);
    mistakes.check();
    return new DialectCall.Wanted(
        address == null ? Set.of(Channel.SMS, Channel.WHATSAPP) : Set.of(address.channel()),
        address == null ? null : address.number(),
        Math.max(on == null ? 0 : on.from(), after == null ? 0 : after.from()),
        Math.min(
            on == null ? Long.MAX_VALUE : on.until(),
            before == null ? Long.MAX_VALUE : before.until()),
        place,
        size);
  }

  @Override
  public DialectAnswer answer(DialectRequest request, List<Timeline> found, @Nullable Long next) {
    String account = TwilioMessage.account(request);
    FormFields query = FormFields.of(request.query());
    JsonArray messages = new JsonArray();
    found.forEach(each -> messages.add(TwilioMessage.json(account, each)));
    String page = query.one(TwilioFields.PAGE);
    long number = page == null ? 0 : Long.parseLong(page);
    int size = pageSize(new JsonFields(query.json(), TwilioFields.TO_LIST, new Mistakes()), null);
    return DialectAnswer.json(
        200,
        new JsonObject()
            .put("messages", messages)
            .put("page", number)
            .put("page_size", size)
            .put("start", number * size)
            .put("end", number * size + Math.max(0, found.size() - 1))
            .put("uri", uri(account, query, size, number, query.one(TwilioFields.PAGE_TOKEN)))
            .put("first_page_uri", uri(account, query, size, 0, null))
            .putNull("previous_page_uri")
            .put(
                "next_page_uri",
                next == null ? null : uri(account, query, size, number + 1, TOKEN_PREFIX + next)));
  }

  /** Where the SDK asks for a page. */
  private static String uri(
      String account, FormFields query, int size, long page, @Nullable String token) {
    StringBuilder uri =
        new StringBuilder(TwilioMessage.ROOT)
            .append(account)
            .append("/Messages.json?PageSize=")
            .append(size)
            .append("&Page=")
            .append(page);
    if (token != null) {
      uri.append("&PageToken=").append(encoded(token));
    }
    query
        .values()
        .forEach(
            (name, values) -> {
              if (!OF_THE_PAGE.contains(name)) {
                uri.append('&').append(encoded(name)).append('=').append(encoded(values.get(0)));
              }
            });
    return uri.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static int pageSize(JsonFields query, @Nullable Mistakes mistakes) {
    Long size = number(query, TwilioFields.PAGE_SIZE, mistakes);
    return size == null
        ? DialectCall.Wanted.MOST
        : (int) Math.max(1, Math.min(DialectCall.Wanted.MOST, size));
  }

  private static long place(JsonFields query, Mistakes mistakes) {
    String token = query.text(TwilioFields.PAGE_TOKEN);
    if (token == null) {
      return Long.MAX_VALUE;
    }
    String digits = token.startsWith(TOKEN_PREFIX) ? token.substring(TOKEN_PREFIX.length()) : "";
    if (!NUMBER.matcher(digits).matches()) {
      mistakes.add(TwilioFields.PAGE_TOKEN, "must be one that a next_page_uri has");
      return Long.MAX_VALUE;
    }
    return Long.parseLong(digits);
  }

  private static @Nullable Long number(JsonFields query, String name, @Nullable Mistakes mistakes) {
    String text = query.text(name);
    if (text == null || NUMBER.matcher(text).matches()) {
      return text == null ? null : Long.valueOf(text);
    }
    if (mistakes != null) {
      mistakes.add(name, "must be a whole number");
    }
    return null;
  }

  /** From a time to another one, which does not belong to it; in milliseconds. */
  private record Span(long from, long until) {}

  private static @Nullable Span span(JsonFields query, String name, Mistakes mistakes) {
    String text = query.text(name);
    if (text == null || text.isBlank()) {
      return null;
    }
    try {
      if (text.length() == "2026-01-01".length()) {
        Instant day = LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        return new Span(day.toEpochMilli(), day.plus(Duration.ofDays(1)).toEpochMilli());
      }
      long time = OffsetDateTime.parse(text).toInstant().toEpochMilli();
      return new Span(time, time + 1);
    } catch (DateTimeException | ArithmeticException e) {
      mistakes.add(name, "must be a day such as 2026-05-04, or a time of ISO 8601 with its zone");
      return null;
    }
  }
}
