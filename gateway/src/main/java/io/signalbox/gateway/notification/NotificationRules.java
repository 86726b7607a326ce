package io.signalbox.gateway.notification;

import io.signalbox.spi.Channel;
import io.signalbox.spi.Content;
import io.signalbox.spi.MailOptions;
import io.signalbox.spi.Recipient;
import io.signalbox.spi.intake.SendNotification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules across fields, and the value that a draft without problems becomes. */
final class NotificationRules {
  private static final String REQUIRED = "is required";
  private static final List<NotificationField> TEXTS =
      List.of(NotificationField.TITLE, NotificationField.MESSAGE, NotificationField.HTML);
  private static final List<NotificationField> OF_TEMPLATE =
      List.of(NotificationField.TEMPLATE_VERSION, NotificationField.LOCALE, NotificationField.DATA);

  private static final List<NotificationField> OF_MAIL =
      List.of(
          NotificationField.FROM_EMAIL, NotificationField.FROM_NAME, NotificationField.REPLY_TO);

  private NotificationRules() {}

  /**
   * Notes what is missing and what does not fit together.
   *
   * @param asked whether a template, if it names one, is still to give its texts
   */
  static void check(NotificationDraft draft, boolean asked, Problems problems) {
    require(draft, NotificationField.NOTIFICATION_TYPE, problems);
    require(draft, NotificationField.CHANNEL, problems);
    Channel channel = draft.channel;
    if (channel != null) {
      requireAddress(draft, channel, "channel", problems);
    }
    for (Channel fallback : draft.fallbackChannels) {
      if (fallback == channel) {
        problems.add(NotificationField.FALLBACK_CHANNELS, "must not repeat the channel itself");
      } else {
        requireAddress(draft, fallback, "a fallback channel", problems);
      }
    }
    if (channel != null && !mayBeMail(draft)) {
      for (NotificationField each : OF_MAIL) {
        if (draft.has(each)) {
          problems.add(each, "is only for the channel email");
        }
      }
    }
    if (asked && draft.has(NotificationField.TEMPLATE)) {
      checkAlone(draft, problems);
    } else {
      checkContent(draft, problems);
      checkOfTemplate(draft, problems);
    }
    if (draft.has(NotificationField.EXPIRES_AT) && draft.has(NotificationField.TTL_SECONDS)) {
      problems.add(NotificationField.TTL_SECONDS, "must not stand beside expires_at");
    }
  }

  /** Notes times that make no sense at the moment of acceptance. */
  static void checkTimes(NotificationDraft draft, Instant now, Problems problems) {
    Instant sendAt = draft.sendAt;
    Instant expiresAt = expiresAt(draft, now);
    if (sendAt != null && Duration.between(now, sendAt).toDays() >= Limits.SEND_AT_DAYS_AHEAD) {
      problems.add(
          NotificationField.SEND_AT,
          "must be less than " + Limits.SEND_AT_DAYS_AHEAD + " days ahead");
    }
    if (expiresAt == null) {
      return;
    }
    NotificationField field =
        draft.expiresAt != null ? NotificationField.EXPIRES_AT : NotificationField.TTL_SECONDS;
    if (!expiresAt.isAfter(now)) {
      problems.add(field, "must be in the future");
    } else if (sendAt != null && !expiresAt.isAfter(sendAt)) {
      problems.add(field, "must end after send_at");
    }
  }

  /** Notes a routing policy that is not there. */
  static void checkPolicy(NotificationDraft draft, PolicyNames policies, Problems problems) {
    String name = draft.policy;
    String wrong = name == null ? null : policies.wrongName(name);
    if (wrong != null) {
      problems.add(NotificationField.POLICY, wrong);
    }
  }

  /**
   * The notification of a draft without problems.
   *
   * @param acceptedAt {@code ttl_seconds} counts from there
   */
  static SendNotification build(
      NotificationDraft draft, String tenant, @Nullable String idempotencyKey, Instant acceptedAt) {
    String type = draft.type;
    Channel channel = draft.channel;
    if (type == null || channel == null) {
      throw new IllegalStateException("a draft with problems has no notification");
    }
    return new SendNotification(
        tenant,
        type,
        channel,
        recipients(draft),
        new Content(draft.title, draft.message, draft.html),
        draft.priority,
        draft.fallbackChannels,
        draft.sendAt,
        expiresAt(draft, acceptedAt),
        draft.confirmWithinSeconds == 0 ? null : Duration.ofSeconds(draft.confirmWithinSeconds),
        draft.onUnknown,
        draft.provider,
        draft.policy,
        draft.maxAttempts,
        draft.country,
        draft.metadata,
        draft.tags,
        draft.ignoreSuppression,
        idempotencyKey,
        mail(draft));
  }

  private static @Nullable MailOptions mail(NotificationDraft draft) {
    return draft.fromEmail == null && draft.fromName == null && draft.replyTo.isEmpty()
        ? null
        : new MailOptions(draft.fromEmail, draft.fromName, draft.replyTo);
  }

  /** What a draft without problems asks of its template; null if it names none. */
  static @Nullable TemplateUse template(NotificationDraft draft) {
    String name = draft.template;
    return name == null
        ? null
        : new TemplateUse(name, draft.templateVersion, draft.locale, draft.data, mayBeMail(draft));
  }

  /** A problem of texts that a template gave, as one of the template. */
  static FieldProblem ofTemplate(FieldProblem problem) {
    for (NotificationField text : TEXTS) {
      if (problem.pointer().equals(text.pointer())) {
        return new FieldProblem(
            NotificationField.TEMPLATE.pointer(),
            (problem.detail().startsWith(REQUIRED) ? "has no " : "gives a ")
                + text.wireName()
                + " that "
                + problem.detail());
      }
    }
    return problem;
  }

  private static @Nullable Instant expiresAt(NotificationDraft draft, Instant acceptedAt) {
    return draft.ttlSeconds == 0 ? draft.expiresAt : acceptedAt.plusSeconds(draft.ttlSeconds);
  }

  private static List<Recipient> recipients(NotificationDraft draft) {
    List<Recipient> recipients = new ArrayList<>(1);
    if (draft.email != null) {
      recipients.add(new Recipient.Email(draft.email));
    }
    if (draft.phone != null) {
      recipients.add(new Recipient.Phone(draft.phone));
    }
    if (draft.telegramId != 0) {
      recipients.add(new Recipient.TelegramChat(draft.telegramId));
    }
    return recipients;
  }

  private static void require(NotificationDraft draft, NotificationField field, Problems problems) {
    if (!draft.has(field)) {
      problems.add(field, REQUIRED);
    }
  }

  private static void requireAddress(
      NotificationDraft draft, Channel channel, String why, Problems problems) {
    if (!draft.hasAddressFor(channel)) {
      problems.add(
          NotificationDraft.addressField(channel),
          "is required, because " + why + " is " + channel.wireName());
    }
  }

  private static boolean mayBeMail(NotificationDraft draft) {
    return draft.channel == Channel.EMAIL || draft.fallbackChannels.contains(Channel.EMAIL);
  }

  /** A template gives all texts. */
  private static void checkAlone(NotificationDraft draft, Problems problems) {
    for (NotificationField text : TEXTS) {
      if (draft.has(text)) {
        problems.add(text, "must not stand beside template");
      }
    }
  }

  private static void checkOfTemplate(NotificationDraft draft, Problems problems) {
    if (!draft.has(NotificationField.TEMPLATE)) {
      for (NotificationField each : OF_TEMPLATE) {
        if (draft.has(each)) {
          problems.add(each, "is only for a template");
        }
      }
    }
  }

  private static void checkContent(NotificationDraft draft, Problems problems) {
    boolean message = draft.has(NotificationField.MESSAGE);
    boolean html = draft.has(NotificationField.HTML);
    Channel channel = draft.channel;
    boolean mail = mayBeMail(draft);
    boolean onlyMail =
        channel == Channel.EMAIL && draft.fallbackChannels.stream().allMatch(Channel.EMAIL::equals);
    if (html && channel != null && !mail) {
      problems.add(NotificationField.HTML, "is only for the channel email");
    }
    if (!message && !html) {
      problems.add(NotificationField.MESSAGE, onlyMail ? "or html is required" : "is required");
    } else if (!message && channel != null && mail && !onlyMail) {
      problems.add(
          NotificationField.MESSAGE, "is required, because not every channel can carry html");
    }
  }
}
