package io.signalbox.gateway.compat.postmark;

import io.signalbox.gateway.compat.AskedMail;
import io.signalbox.gateway.compat.AskedNotification;
import io.signalbox.gateway.compat.DialectMemo;
import io.signalbox.gateway.compat.JsonFields;
import io.signalbox.gateway.compat.MailAddress;
import io.signalbox.gateway.compat.Mistakes;
import io.signalbox.gateway.compat.Taken;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One mail as Postmark has it. Pure functions. */
final class PostmarkMail {
  private static final int MOST_RECIPIENTS = 50;
  private static final String STREAM = "outbound";

  private PostmarkMail() {}

  /** Its notifications, one for each recipient; none if mistakes were noted. */
  static List<AskedNotification> read(JsonObject json, Mistakes mistakes) {
    JsonFields mail = new JsonFields(withoutNone(json), PostmarkFields.TABLE, mistakes);
    AskedMail asked = new AskedMail(PostmarkDialect.NAME);
    asked
        .subject("Subject", notEmpty(mail.text("Subject")))
        .text("TextBody", mail.text("TextBody"))
        .html("HtmlBody", mail.text("HtmlBody"));
    String sender = mail.required("From");
    MailAddress from = sender == null ? null : MailAddress.parse(sender);
    String wrong = from == null ? null : from.problem();
    if (wrong != null) {
      mistakes.add("From", wrong);
    }
    asked
        .from("From", from)
        .replyTo(
            "ReplyTo",
            MailAddress.parseList(
                mail.text("ReplyTo"), "ReplyTo", MailAddress.MOST_ANSWERS, mistakes));
    String tag = notEmpty(mail.text("Tag"));
    String stream = mail.text("MessageStream");
    Map<String, Object> custom = new LinkedHashMap<>(mail.texts("Metadata"));
    DialectMemo memo =
        new DialectMemo(
            PostmarkDialect.NAME,
            stream == null ? STREAM : stream,
            sender,
            null,
            custom,
            tag == null ? List.of() : List.of(tag));
    List<MailAddress> recipients = recipients(mail);
    List<AskedNotification> all = new ArrayList<>();
    for (MailAddress recipient : mistakes.isEmpty() ? recipients : List.<MailAddress>of()) {
      all.add(asked.to(recipient, "To", memo, !all.isEmpty()));
    }
    return all;
  }

  /** What the word says is that nothing is asked for. */
  private static JsonObject withoutNone(JsonObject json) {
    if (!"None".equals(json.getValue("TrackLinks"))) {
      return json;
    }
    JsonObject without = new JsonObject(new LinkedHashMap<>(json.getMap()));
    without.remove("TrackLinks");
    return without;
  }

  private static List<MailAddress> recipients(JsonFields mail) {
    return MailAddress.distinct(
        MailAddress.parseList(mail.required("To"), "To", MOST_RECIPIENTS, mail.mistakes()));
  }

  /** What is told of a mail. */
  static JsonObject answer(List<AskedNotification> asked, Taken taken, Instant now) {
    if (taken instanceof Taken.Refused refused) {
      return PostmarkErrors.json(refused.refusal());
    }
    return new JsonObject()
        .put("To", asked.stream().map(PostmarkMail::to).collect(Collectors.joining(", ")))
        .put("SubmittedAt", now.toString())
        .put("MessageID", ((Taken.Accepted) taken).id().toString())
        .put("ErrorCode", 0)
        .put("Message", "OK");
  }

  private static String to(AskedNotification asked) {
    String named = asked.memo().recipient();
    return named == null ? asked.notification().getString("recipient_email") : named;
  }

  private static @Nullable String notEmpty(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }
}
