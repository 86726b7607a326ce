package io.signalbox.gateway.notification;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.text.NearestName;
import io.signalbox.spi.Channel;
import io.signalbox.spi.intake.OnUnknown;
import io.signalbox.spi.intake.Priority;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the fields of one JSON object into a draft. Used once, on one thread. */
final class NotificationReader {
  private static final List<String> KNOWN_NAMES = NotificationField.names();
  private static final String CHANNEL_RULE = "must be one of email, sms, whatsapp, telegram";

  private final JsonParser json;
  private final Problems problems;
  private final FieldReader values;
  private final HeaderAddresses addresses;
  private final NotificationDraft draft = new NotificationDraft();
  private final boolean stored;

  /**
   * Makes a reader.
   *
   * @param stored whether it reads what was accepted before, which may hold what the gateway keeps
   *     with it
   */
  NotificationReader(JsonParser json, Problems problems, boolean stored) {
    this.json = json;
    this.problems = problems;
    this.stored = stored;
    this.values = new FieldReader(json, problems);
    this.addresses = new HeaderAddresses(json, problems, values);
  }

  /** Reads from the object's opening brace to its closing one, or until there is no hope. */
  NotificationDraft read() throws IOException {
    while (json.nextToken() != JsonToken.END_OBJECT && !problems.isFull()) {
      String name = json.currentName();
      NotificationField field = NotificationField.find(name);
      JsonToken value = json.nextToken();
      if (field == null && stored && name.equals(NotificationParser.MEMO)) {
        json.skipChildren();
      } else if (field == null) {
        problems.add(
            Problems.child("", name), "is not a known field" + NearestName.hint(name, KNOWN_NAMES));
        json.skipChildren();
      } else if (!draft.give(field)) {
        problems.add(field, "stands there twice");
        json.skipChildren();
      } else if (value == JsonToken.VALUE_NULL) {
        draft.takeBack(field);
      } else {
        readValue(field);
      }
    }
    return draft;
  }

  private void readValue(NotificationField field) throws IOException {
    String at = field.pointer();
    switch (field) {
      case NOTIFICATION_TYPE -> draft.type = values.line(at, Limits.TYPE);
      case CHANNEL -> draft.channel = channel(at);
      case RECIPIENT_EMAIL ->
          draft.email = checked(at, values.text(at, Limits.ADDRESS), Rule.EMAIL);
      case RECIPIENT_PHONE ->
          draft.phone = checked(at, values.text(at, Limits.ADDRESS), Rule.PHONE);
      case RECIPIENT_TELEGRAM_ID -> draft.telegramId = values.identifier(at);
      case TITLE -> draft.title = values.line(at, Limits.TITLE);
      case MESSAGE -> draft.message = values.text(at, Limits.MESSAGE);
      case HTML -> draft.html = values.text(at, Limits.HTML);
      case FROM_EMAIL -> draft.fromEmail = addresses.one(at);
      case FROM_NAME -> draft.fromName = values.line(at, Limits.HEADER_NAME);
      case REPLY_TO -> draft.replyTo = addresses.list(at);
      case TEMPLATE ->
          draft.template = checked(at, values.text(at, Limits.TEMPLATE), Rule.TEMPLATE);
      case TEMPLATE_VERSION -> draft.templateVersion = templateVersion(at);
      case LOCALE -> draft.locale = checked(at, values.text(at, Limits.LOCALE), Rule.LOCALE);
      case DATA -> draft.data = ObjectReader.ofData(json, problems).read(at);
      case PRIORITY -> draft.priority = priority(at);
      case FALLBACK_CHANNELS -> draft.fallbackChannels = channels(at);
      case SEND_AT -> draft.sendAt = values.time(at);
      case EXPIRES_AT -> draft.expiresAt = values.time(at);
      case TTL_SECONDS -> draft.ttlSeconds = values.positive(at, 1, Limits.TTL_SECONDS);
      case CONFIRM_WITHIN_SECONDS ->
          draft.confirmWithinSeconds = values.positive(at, 1, Limits.CONFIRM_SECONDS);
      case ON_UNKNOWN -> draft.onUnknown = onUnknown(at);
      case PROVIDER -> draft.provider = values.line(at, Limits.PROVIDER);
      case POLICY -> draft.policy = values.line(at, Limits.POLICY);
      case MAX_ATTEMPTS -> draft.maxAttempts = maxAttempts(at);
      case METADATA -> draft.metadata = ObjectReader.ofMetadata(json, problems).read(at);
      case TAGS -> draft.tags = new TagsReader(json, problems, values).read(at);
      case COUNTRY -> {
        String country = checked(at, values.text(at, Limits.ADDRESS), Rule.COUNTRY);
        draft.country = country == null ? null : country.toLowerCase(Locale.ROOT);
      }
      case IGNORE_SUPPRESSION -> draft.ignoreSuppression = values.flag(at);
    }
  }

  private @Nullable Integer maxAttempts(String pointer) throws IOException {
    long attempts = values.positive(pointer, 1, AttemptId.MAX_NUMBER);
    return attempts == 0 ? null : (int) attempts;
  }

  private @Nullable Integer templateVersion(String pointer) throws IOException {
    long version = values.positive(pointer, 1, Limits.TEMPLATE_VERSION);
    return version == 0 ? null : (int) version;
  }

  private @Nullable Channel channel(String pointer) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      Channel channel = Channel.find(json.getText()).orElse(null);
      if (channel != null && channel.carriesMessages()) {
        return channel;
      }
    }
    problems.add(pointer, CHANNEL_RULE);
    json.skipChildren();
    return null;
  }

  private List<Channel> channels(String pointer) throws IOException {
    List<Channel> channels = new ArrayList<>();
    if (json.currentToken() != JsonToken.START_ARRAY) {
      problems.add(pointer, "must be an array of channels");
      json.skipChildren();
      return channels;
    }
    for (int i = 0; json.nextToken() != JsonToken.END_ARRAY; i++) {
      Channel channel = channel(pointer + "/" + i);
      if (channel != null && channels.contains(channel)) {
        problems.add(pointer + "/" + i, "names a channel that stands there already");
      } else if (channel != null) {
        channels.add(channel);
      }
    }
    return channels;
  }

  private Priority priority(String pointer) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      String name = json.getText();
      for (Priority priority : Priority.values()) {
        if (priority.wireName().equals(name)) {
          return priority;
        }
      }
    } else if (json.currentToken() == JsonToken.VALUE_NUMBER_INT && json.getTextLength() == 1) {
      int level = json.getIntValue();
      if (level >= 1 && level <= 4) {
        return Priority.ofLevel(level);
      }
    }
    problems.add(pointer, "must be urgent, high, normal or low, or 1 to 4 with 1 the most urgent");
    json.skipChildren();
    return Priority.NORMAL;
  }

  private @Nullable OnUnknown onUnknown(String pointer) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      String name = json.getText();
      for (OnUnknown policy : OnUnknown.values()) {
        if (policy.wireName().equals(name)) {
          return policy;
        }
      }
    }
    problems.add(pointer, "must be failover, wait or stop");
    json.skipChildren();
    return null;
  }

  private @Nullable String checked(String pointer, @Nullable String text, Rule rule) {
    if (text == null) {
      return null;
    }
    String wrong =
        switch (rule) {
          case EMAIL -> AddressRules.email(text);
          case PHONE -> AddressRules.phone(text);
          case COUNTRY -> AddressRules.country(text);
          case TEMPLATE -> TemplateRules.name(text);
          case LOCALE -> TemplateRules.locale(text);
        };
    if (wrong != null) {
      problems.add(pointer, wrong);
      return null;
    }
    return text;
  }

  private enum Rule {
    EMAIL,
    PHONE,
    COUNTRY,
    TEMPLATE,
    LOCALE
  }
}
