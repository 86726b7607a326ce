package io.signalbox.gateway.compat.resend;

import io.signalbox.gateway.compat.AskedMail;
import io.signalbox.gateway.compat.AskedNotification;
import io.signalbox.gateway.compat.DialectMemo;
import io.signalbox.gateway.compat.JsonFields;
import io.signalbox.gateway.compat.MailAddress;
import io.signalbox.gateway.compat.Mistakes;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one mail as Resend has it. Pure functions. */
final class ResendMail {
  private static final int MOST_RECIPIENTS = 50;
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_-]{1,256}");

  private ResendMail() {}

  /**
   * Its notifications, one for each recipient.
   *
   * @param path what stands before the names of its fields where they are told
   * @return none if mistakes were noted
   */
  static List<AskedNotification> read(
      JsonObject json, String path, Instant now, Mistakes mistakes) {
    JsonFields mail = new JsonFields(json, ResendFields.TABLE, path, mistakes);
    AskedMail asked = new AskedMail(ResendDialect.NAME);
    JsonFields template = mail.object("template");
    if (template == null) {
      asked
          .subject(mail.name("subject"), mail.required("subject"))
          .text(mail.name("text"), mail.text("text"))
          .html(mail.name("html"), mail.text("html"));
    } else {
      asked
          .subject(mail.name("subject"), mail.text("subject"))
          .text(mail.name("text"), mail.text("text"))
          .html(mail.name("html"), mail.text("html"))
          .template(template.name("id"), template.required("id"))
          .data(template.name("variables"), template.free("variables"));
    }
    String from = mail.required("from");
    MailAddress sender = sender(mail, from);
    asked
        .from(mail.name("from"), sender)
        .replyTo(mail.name("reply_to"), addresses(mail, "reply_to", MailAddress.MOST_ANSWERS));
    String at = mail.name("scheduled_at");
    asked.sendAt(at, ResendTimes.read(mail.text("scheduled_at"), now, at, mistakes));
    DialectMemo memo = new DialectMemo(ResendDialect.NAME, null, from, null, tags(mail), List.of());
    List<MailAddress> recipients = recipients(mail);
    List<AskedNotification> all = new ArrayList<>();
    for (MailAddress recipient : mistakes.isEmpty() ? recipients : List.<MailAddress>of()) {
      all.add(asked.to(recipient, mail.name("to"), memo, !all.isEmpty()));
    }
    return all;
  }

  private static @Nullable MailAddress sender(JsonFields mail, @Nullable String from) {
    MailAddress sender = from == null ? null : MailAddress.parse(from);
    String wrong = sender == null ? null : sender.problem();
    if (wrong != null) {
      mail.mistakes().add(mail.name("from"), wrong);
    }
    return sender;
  }

  /** A text or a list of texts, of which no more are read than one too many. */
  private static List<MailAddress> addresses(JsonFields mail, String member, int most) {
    List<String> texts =
        mail.value(member) instanceof JsonArray
            ? mail.list(member)
            : mail.value(member) instanceof String one ? List.of(one) : List.of();
    if (texts.isEmpty() && mail.has(member) && !(mail.value(member) instanceof JsonArray)) {
      mail.mistakes().add(mail.name(member), "must be a text or a list of texts");
    }
    List<MailAddress> all = texts.stream().limit(most + 1L).map(MailAddress::parse).toList();
    if (all.size() > most) {
      mail.mistakes().add(mail.name(member), "must have at most " + most + " addresses");
    }
    for (MailAddress each : all) {
      String wrong = each.problem();
      if (wrong != null) {
        mail.mistakes().add(mail.name(member), wrong);
      }
    }
    return all;
  }

  private static List<MailAddress> recipients(JsonFields mail) {
    List<MailAddress> recipients = addresses(mail, "to", MOST_RECIPIENTS);
    if ((recipients.isEmpty() && mail.value("to") instanceof JsonArray) || !mail.has("to")) {
      mail.mistakes().missing(mail.name("to"));
    }
    return MailAddress.distinct(recipients);
  }

  private static Map<String, Object> tags(JsonFields mail) {
    Map<String, Object> tags = new LinkedHashMap<>();
    for (JsonFields tag : mail.objects("tags")) {
      String name = part(tag, "name");
      String value = part(tag, "value");
      if (name != null && value != null) {
        if (tags.put(name, value) != null) {
          tag.mistakes().add(tag.name("name"), "is the name of another tag too");
        }
      }
    }
    return tags;
  }

  private static @Nullable String part(JsonFields tag, String member) {
    String text = tag.required(member);
    if (text != null && !TAG.matcher(text).matches()) {
      tag.mistakes()
          .add(tag.name(member), "must be 1 to 256 ASCII letters, digits, underscores or hyphens");
    }
    return text;
  }
}
