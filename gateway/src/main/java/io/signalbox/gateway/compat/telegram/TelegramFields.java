package io.signalbox.gateway.compat.telegram;

import static io.signalbox.gateway.compat.DialectField.Treatment.CARRIED;
import static io.signalbox.gateway.compat.DialectField.Treatment.REFUSED;

import io.signalbox.gateway.compat.DialectField;
import io.signalbox.gateway.compat.DialectField.Treatment;
import io.signalbox.gateway.compat.FieldTable;
import java.util.List;

/** What becomes of the fields of {@code sendMessage}. */
final class TelegramFields {
  static final String CHAT = "chat_id";
  static final String TEXT = "text";

  private static final String SEND = "sendMessage";
  private static final String PLAIN = "notifications are plain texts";
  private static final String MARKUP =
      PLAIN + "; how a provider reads its texts is its configuration's parse_mode";

  static final List<DialectField> ALL =
      List.of(
          send(CHAT, CARRIED, "a number; names of channels are refused"),
          send(TEXT, CARRIED, "at most 4,096 characters"),
          send("parse_mode", REFUSED, MARKUP),
          send("entities", REFUSED, MARKUP),
          send("link_preview_options", REFUSED, PLAIN),
          send("disable_web_page_preview", REFUSED, PLAIN + "; false is taken"),
          send("disable_notification", REFUSED, PLAIN + "; false is taken"),
          send("protect_content", REFUSED, PLAIN + "; false is taken"),
          send("allow_paid_broadcast", REFUSED, "providers have their own limits; false is taken"),
          send("message_effect_id", REFUSED, PLAIN),
          send("message_thread_id", REFUSED, "notifications go to a chat"),
          send("direct_messages_topic_id", REFUSED, "notifications go to a chat"),
          send("business_connection_id", REFUSED, "the provider's own bot sends"),
          send("suggested_post_parameters", REFUSED, PLAIN),
          send("reply_parameters", REFUSED, "notifications answer nothing"),
          send("reply_to_message_id", REFUSED, "notifications answer nothing"),
          send("allow_sending_without_reply", REFUSED, "notifications answer nothing"),
          send("reply_markup", REFUSED, PLAIN));

  static final FieldTable TABLE = new FieldTable(SEND, ALL);

  private TelegramFields() {}

  private static DialectField send(String name, Treatment treatment, String detail) {
    return new DialectField(SEND, name, treatment, detail);
  }
}
