package io.signalbox.gateway.compat.mailgun;

import io.signalbox.gateway.compat.AskedMail;
import io.signalbox.gateway.compat.AskedNotification;
import io.signalbox.gateway.compat.DialectMemo;
import io.signalbox.gateway.compat.FormFields;
import io.signalbox.gateway.compat.MailAddress;
import io.signalbox.gateway.compat.Mistakes;
import io.signalbox.gateway.compat.Substitutions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one request as Mailgun has it. Used once. */
final class MailgunMail {
  private static final int MOST = 1_000;
  private static final int MOST_TAGS = 10;
  private static final String REPLY_TO = "h:Reply-To";
  private static final String VARIABLE = "v:";

  private final FormFields form;
  private final String domain;
  private final Mistakes mistakes;
  private final Substitutions substitutions = new Substitutions();

  MailgunMail(FormFields form, String domain, Mistakes mistakes) {
    this.form = form;
    this.domain = domain;
    this.mistakes = mistakes;
  }

  /** One notification for each recipient; whatever it is, if mistakes were noted. */
  List<AskedNotification> read() {
    String from = text("from");
    MailAddress sender = sender(from);
    List<MailAddress> replyTo =
        MailAddress.parseList(text(REPLY_TO), REPLY_TO, MailAddress.MOST_ANSWERS, mistakes);
    List<String> tags = form.all("o:tag");
    if (tags.size() > MOST_TAGS) {
      mistakes.add("o:tag", "must not stand there more than " + MOST_TAGS + " times");
    }
    String template = text("template");
    String subject = text("subject");
    String plain = text("text");
    String html = text("html");
    if (template == null && plain == null && html == null) {
      mistakes.add(
          "", "Need at least one of 'text', 'html', 'amp-html' or 'template' parameters specified");
    }
    JsonObject data = object("t:variables");
    Instant at = deliveryTime();
    Map<String, String> variables = variables();
    JsonObject ofRecipients = object("recipient-variables");
    if (template != null && ofRecipients != null && !ofRecipients.isEmpty()) {
      mistakes.add("recipient-variables", "is not for a template; use t:variables");
    }
    List<MailAddress> recipients = recipients();
    List<AskedNotification> all = new ArrayList<>();
    for (MailAddress recipient : mistakes.isEmpty() ? recipients : List.<MailAddress>of()) {
      Map<String, String> values = values(ofRecipients, recipient.address());
      AskedMail asked = new AskedMail(MailgunDialect.NAME);
      asked
          .from("from", sender)
          .replyTo(REPLY_TO, replyTo)
          .subject("subject", substitutions.put(subject, values))
          .text("text", substitutions.put(plain, values))
          .html("html", substitutions.put(html, values))
          .template("template", template)
          .data("t:variables", data)
          .sendAt("o:deliverytime", at);
      Map<String, Object> custom = new LinkedHashMap<>(variables);
      custom.replaceAll(
          (name, value) -> String.valueOf(substitutions.put(String.valueOf(value), values)));
      DialectMemo memo = new DialectMemo(MailgunDialect.NAME, domain, from, null, custom, tags);
      all.add(asked.to(recipient, "to", memo, !all.isEmpty()));
    }
    return all;
  }

  /** Whether it is only to be checked. */
  boolean isTest() {
    String test = text("o:testmode");
    if (test == null || test.equals("no") || test.equals("false")) {
      return false;
    }
    if (!test.equals("yes") && !test.equals("true")) {
      mistakes.add("o:testmode", "must be yes or no");
    }
    return true;
  }

  private @Nullable MailAddress sender(@Nullable String from) {
    if (from == null) {
      mistakes.missing("from");
      return null;
    }
    MailAddress sender = MailAddress.parse(from);
    String wrong = sender.problem();
    if (wrong != null) {
      mistakes.add("from", wrong);
    }
    return sender;
  }

  private List<MailAddress> recipients() {
    List<MailAddress> all = new ArrayList<>();
    for (String to : form.all("to")) {
      if (!to.isBlank() && all.size() <= MOST) {
        all.addAll(MailAddress.parseList(to, MOST - all.size()));
      }
    }
    if (all.isEmpty()) {
      mistakes.missing("to");
    }
    if (all.size() > MOST) {
      mistakes.add("", "Too many recipients, max is " + MOST);
    }
    for (MailAddress recipient : all) {
      String wrong = recipient.problem();
      if (wrong != null) {
        mistakes.add("to", wrong);
      }
    }
    return MailAddress.distinct(all);
  }

  private Map<String, String> variables() {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String name : form.values().keySet()) {
      String value = name.startsWith(VARIABLE) ? text(name) : null;
      if (value != null) {
        variables.put(name.substring(VARIABLE.length()), value);
      }
    }
    return variables;
  }

  /** What stands for a recipient's variables in the texts. */
  private Map<String, String> values(@Nullable JsonObject ofRecipients, String address) {
    Map<String, String> values = new LinkedHashMap<>();
    if (ofRecipients != null && ofRecipients.getValue(address) instanceof JsonObject own) {
      own.forEach(
          each -> {
            Object value = each.getValue();
            if (value instanceof JsonObject || value instanceof JsonArray) {
              mistakes.add("recipient-variables", "must have texts and numbers for each recipient");
            } else if (value != null) {
              values.put("%recipient." + each.getKey() + "%", value.toString());
            }
          });
    }
    if (ofRecipients != null) {
      values.put("%recipient%", address);
    }
    return values;
  }

  private @Nullable Instant deliveryTime() {
    String text = text("o:deliverytime");
    if (text == null) {
      return null;
    }
    try {
      return ZonedDateTime.parse(text.trim(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeException e) {
      mistakes.add("o:deliverytime", "must be a date such as Fri, 25 Oct 2024 23:10:10 +0000");
      return null;
    }
  }

  private @Nullable JsonObject object(String name) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    try {
      return new JsonObject(text);
    } catch (DecodeException | ClassCastException e) {
      mistakes.add(name, "must be a JSON object");
      return null;
    }
  }

  /** A field that can stand there once; null for an empty one too. */
  private @Nullable String text(String name) {
    List<String> all = form.all(name);
    if (all.size() > 1) {
      mistakes.add(name, "must not stand there more than once");
    }
    return all.isEmpty() || all.get(0).isEmpty() ? null : all.get(0);
  }
}
