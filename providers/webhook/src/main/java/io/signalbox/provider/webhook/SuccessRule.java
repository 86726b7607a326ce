package io.signalbox.provider.webhook;

import io.signalbox.spi.ConfigReader;
import io.signalbox.toolkit.HttpAnswer.Answered;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * When an answer says that the message was taken, and under which id.
 *
 * @param statuses empty: 200 to 299
 * @param exists places where something must stand
 * @param equals places where this text, number, true or false must stand
 * @param messageId null if the body has no id
 * @param messageIdHeader null if no header has it
 */
record SuccessRule(
    Set<Integer> statuses,
    List<Pointer> exists,
    Map<Pointer, String> equals,
    @Nullable Pointer messageId,
    @Nullable String messageIdHeader) {

  static SuccessRule read(ConfigReader reader) {
    List<Pointer> exists =
        reader.texts("exists").stream().map(text -> Pointer.parse(text, reader, "exists")).toList();
    Map<Pointer, String> equals = new LinkedHashMap<>();
    ConfigReader places = reader.block("equals");
    for (String place : new TreeSet<>(places.keys())) {
      equals.put(Pointer.parse(place, places, place), places.requiredText(place));
    }
    Pointer messageId = Pointer.read(reader, "message_id");
    String header = reader.text("message_id_header").orElse(null);
    if (messageId != null && header != null) {
      reader.problem("message_id_header", "must not be there beside message_id");
    }
    return new SuccessRule(StatusCodes.read(reader, "statuses"), exists, equals, messageId, header);
  }

  boolean holds(Answered answer, @Nullable Object json) {
    boolean status = statuses.isEmpty() ? answer.successful() : statuses.contains(answer.status());
    return status
        && exists.stream().allMatch(pointer -> pointer.value(json) != null)
        && equals.entrySet().stream()
            .allMatch(rule -> rule.getValue().equals(rule.getKey().text(json)));
  }

  /** The provider's id; the attempt's where the API is configured to have none; null if missing. */
  @Nullable String messageId(Answered answer, @Nullable Object json, String attemptId) {
    if (messageId != null) {
      return messageId.text(json);
    }
    return messageIdHeader == null ? attemptId : filled(answer.header(messageIdHeader));
  }

  private static @Nullable String filled(@Nullable String header) {
    return header == null || header.isBlank() ? null : header;
  }
}
