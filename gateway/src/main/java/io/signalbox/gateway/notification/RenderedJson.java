package io.signalbox.gateway.notification;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts the texts of a template in the place of what asked for them. Pure. */
final class RenderedJson {
  private static final Set<NotificationField> REPLACED =
      EnumSet.of(
          NotificationField.TEMPLATE,
          NotificationField.TEMPLATE_VERSION,
          NotificationField.LOCALE,
          NotificationField.DATA,
          NotificationField.TITLE,
          NotificationField.MESSAGE,
          NotificationField.HTML);

  private RenderedJson() {}

  /**
   * Rewrites the JSON object of a notification: without the data, with the texts and with where
   * they come from.
   *
   * @param asked a notification that the parser has read
   */
  static Buffer write(Buffer asked, Rendered rendered) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(asked.length() + 512);
    try (JsonParser from = NotificationParser.JSON.createParser(asked.getBytes());
        JsonGenerator to = NotificationParser.JSON.createGenerator(bytes)) {
      from.nextToken();
      to.writeStartObject();
      while (from.nextToken() == JsonToken.FIELD_NAME) {
        NotificationField field = NotificationField.find(from.currentName());
        if (field != null && REPLACED.contains(field)) {
          from.nextToken();
          from.skipChildren();
        } else {
          to.copyCurrentStructure(from);
        }
      }
      to.writeStringField(NotificationField.TEMPLATE.wireName(), rendered.template());
      to.writeNumberField(NotificationField.TEMPLATE_VERSION.wireName(), rendered.version());
      to.writeStringField(NotificationField.LOCALE.wireName(), rendered.locale());
      text(NotificationField.TITLE, rendered.title(), to);
      text(NotificationField.MESSAGE, rendered.message(), to);
      text(NotificationField.HTML, rendered.html(), to);
      to.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a notification that was read cannot be read again", e);
    }
    return Buffer.buffer(bytes.toByteArray());
  }

  private static void text(NotificationField field, @Nullable String value, JsonGenerator to)
      throws IOException {
    if (value != null) {
      to.writeStringField(field.wireName(), value);
    }
  }
}
