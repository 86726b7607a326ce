package io.signalbox.gateway.compat.sendgrid;

import io.signalbox.gateway.compat.AskedMail;
import io.signalbox.gateway.compat.AskedNotification;
import io.signalbox.gateway.compat.DialectMemo;
import io.signalbox.gateway.compat.JsonFields;
import io.signalbox.gateway.compat.MailAddress;
import io.signalbox.gateway.compat.Mistakes;
import io.signalbox.gateway.compat.Substitutions;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one request as SendGrid has it. Used once. */
final class SendGridMail {
  private static final int MOST = 1_000;
  private static final int MOST_CATEGORIES = 10;
  private static final int MOST_BYTES = 10_000;
  private static final long LAST_SECOND = 253_402_300_799L;

  private final JsonFields mail;
  private final Mistakes mistakes;
  private final Substitutions substitutions = new Substitutions();
  private final List<AskedNotification> all = new ArrayList<>();
  private int seen;

  SendGridMail(JsonFields mail) {
    this.mail = mail;
    this.mistakes = mail.mistakes();
  }

  /** Texts of all personalizations. */
  private record Texts(@Nullable String plain, @Nullable String html) {}

  /** One notification for each recipient; some or none of them if mistakes were noted. */
  List<AskedNotification> read() {
    Texts texts = texts();
    MailAddress sender = sender(mail, "from");
    List<MailAddress> replyTo = replyTo();
    if (!mail.has("from")) {
      mistakes.missing("from");
    }
    List<String> categories = mail.list("categories");
    if (categories.size() > MOST_CATEGORIES) {
      mistakes.add("categories", "must have at most " + MOST_CATEGORIES + " of them");
    }
    Map<String, String> args = args(mail);
    String subject = mail.text("subject");
    String template = mail.text("template_id");
    Instant sendAt = sendAt(mail);
    List<JsonFields> personalizations = mail.objects("personalizations");
    if (personalizations.isEmpty()) {
      mistakes.missing("personalizations");
    }
    if (personalizations.size() > MOST) {
      tooMany();
      return all;
    }
    for (JsonFields each : personalizations) {
      Map<String, Object> custom = new LinkedHashMap<>(args);
      custom.putAll(args(each));
      MailAddress own = sender(each, "from");
      MailAddress from = own == null ? sender : own;
      DialectMemo memo =
          new DialectMemo(
              SendGridDialect.NAME,
              null,
              from == null ? null : from.text(),
              null,
              custom,
              categories);
      Instant at = each.has("send_at") ? sendAt(each) : sendAt;
      AskedMail asked = new AskedMail(SendGridDialect.NAME);
      asked
          .from(own == null ? "from" : each.name("from"), from)
          .replyTo(mail.has("reply_to") ? "reply_to" : "reply_to_list", replyTo)
          .template("template_id", template)
          .data(each.name("dynamic_template_data"), each.free("dynamic_template_data"))
          .sendAt(each.has("send_at") ? each.name("send_at") : "send_at", at);
      put(asked, each, each.has("subject") ? each.text("subject") : subject, texts);
      if (template == null && subject == null && !each.has("subject")) {
        mistakes.missing("subject");
      }
      recipients(each, asked, memo);
    }
    return all;
  }

  private void tooMany() {
    mistakes.add("personalizations", "must have at most " + MOST + " recipients");
  }

  private void put(AskedMail asked, JsonFields each, @Nullable String subject, Texts texts) {
    Map<String, String> values = each.texts("substitutions");
    bounded(each.name("substitutions"), values);
    if (!values.isEmpty() && mail.has("template_id")) {
      mistakes.add(each.name("substitutions"), "is not for a template; use dynamic_template_data");
    }
    if (mistakes.isEmpty()) {
      asked
          .subject(
              each.has("subject") ? each.name("subject") : "subject",
              substitutions.put(subject, values))
          .text("content", substitutions.put(texts.plain(), values))
          .html("content", substitutions.put(texts.html(), values));
    }
  }

  private Texts texts() {
    String plain = null;
    String html = null;
    List<JsonFields> contents = mail.objects("content");
    for (JsonFields content : contents) {
      String type = content.required("type");
      String value = content.required("value");
      String kind = type == null ? "" : type.replaceAll(";.*", "").trim().toLowerCase(Locale.ROOT);
      if (kind.equals("text/plain") && plain == null) {
        plain = value;
      } else if (kind.equals("text/html") && html == null) {
        html = value;
      } else if (type != null) {
        mistakes.add(content.name("type"), "must be text/plain or text/html, each of them once");
      }
    }
    if (contents.isEmpty() && !mail.has("template_id")) {
      mistakes.missing("content");
    }
    return new Texts(plain, html);
  }

  private void recipients(JsonFields each, AskedMail asked, DialectMemo memo) {
    List<JsonFields> recipients = each.objects("to");
    if (recipients.isEmpty()) {
      mistakes.missing(each.name("to"));
    }
    Set<String> addresses = new HashSet<>();
    for (JsonFields to : recipients) {
      seen++;
      if (seen > MOST) {
        tooMany();
        return;
      }
      MailAddress address = address(to);
      if (address != null && !addresses.add(address.address().toLowerCase(Locale.ROOT))) {
        mistakes.add(to.name("email"), "stands there twice in one personalization");
      } else if (address != null && mistakes.isEmpty()) {
        all.add(asked.to(address, to.name("email"), memo, !all.isEmpty()));
      }
    }
  }

  private @Nullable MailAddress sender(JsonFields of, String member) {
    JsonFields from = of.object(member);
    return from == null ? null : address(from);
  }

  private List<MailAddress> replyTo() {
    List<MailAddress> all = new ArrayList<>();
    MailAddress one = sender(mail, "reply_to");
    if (one != null) {
      all.add(one);
    }
    List<JsonFields> listed = mail.objects("reply_to_list");
    if (listed.size() > MailAddress.MOST_ANSWERS) {
      mistakes.add("reply_to_list", "must have at most " + MailAddress.MOST_ANSWERS + " addresses");
      return all;
    }
    for (JsonFields each : listed) {
      MailAddress address = address(each);
      if (address != null) {
        all.add(address);
      }
    }
    return all;
  }

  private @Nullable MailAddress address(JsonFields fields) {
    String email = fields.required("email");
    String name = fields.text("name");
    if (email == null) {
      return null;
    }
    MailAddress address =
        new MailAddress(name == null || name.isBlank() ? null : name, email.trim());
    String wrong = address.problem();
    if (wrong != null) {
      mistakes.add(fields.name("email"), wrong);
    }
    return address;
  }

  private Map<String, String> args(JsonFields of) {
    Map<String, String> args = of.texts("custom_args");
    bounded(of.name("custom_args"), args);
    return args;
  }

  private void bounded(String field, Map<String, String> texts) {
    long bytes = 0;
    for (Map.Entry<String, String> each : texts.entrySet()) {
      bytes += each.getKey().getBytes(StandardCharsets.UTF_8).length;
      bytes += each.getValue().getBytes(StandardCharsets.UTF_8).length;
    }
    if (bytes > MOST_BYTES) {
      mistakes.add(field, "must have at most " + MOST_BYTES + " bytes");
    }
  }

  private @Nullable Instant sendAt(JsonFields of) {
    Long seconds = of.number("send_at");
    if (seconds != null && (seconds < 0 || seconds > LAST_SECOND)) {
      mistakes.add(of.name("send_at"), "must be a time in seconds since 1970");
      return null;
    }
    // Times in the past are now.
    return seconds == null || seconds == 0 ? null : Instant.ofEpochSecond(seconds);
  }
}
