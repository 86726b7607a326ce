package io.signalbox.simulator.postmark;

import io.signalbox.simulator.core.Answer;
import io.signalbox.simulator.core.Fields;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Pages of {@code GET /messages/outbound}. */
final class MessageSearch {
  private static final int QUERY_EXCEPTION = 700;
  private static final int MAX_COUNT = 500;
  private static final Pattern NUMBER = Pattern.compile("\\d{1,5}");
  private static final String METADATA = "metadata_";

  private MessageSearch() {}

  /**
   * A page of these, the newest first, filtered by recipient, tag, one field of metadata, and
   * always by stream: the default stream where none is named.
   */
  static Answer page(List<PostmarkEmail> newestFirst, @Nullable String query) {
    Map<String, List<String>> parameters = Fields.form(query).orElse(Map.of());
    String count = Fields.first(parameters, "count");
    String offset = Fields.first(parameters, "offset");
    if (!isNumber(count) || !isNumber(offset) || Integer.parseInt(count) > MAX_COUNT) {
      return PostmarkErrors.refused(
          QUERY_EXCEPTION, "Parameters 'count' (at most 500) and 'offset' are required.");
    }
    List<PostmarkEmail> found =
        newestFirst.stream().filter(email -> matches(email, parameters)).toList();
    JsonArray messages = new JsonArray();
    found.stream()
        .skip(Integer.parseInt(offset))
        .limit(Integer.parseInt(count))
        .forEach(email -> messages.add(email.toListItem()));
    return Answer.json(
        200, new JsonObject().put("TotalCount", found.size()).put("Messages", messages));
  }

  private static boolean isNumber(@Nullable String text) {
    return text != null && NUMBER.matcher(text).matches();
  }

  private static boolean matches(PostmarkEmail email, Map<String, List<String>> parameters) {
    String recipient = Fields.first(parameters, "recipient");
    String tag = Fields.first(parameters, "tag");
    String stream = Fields.first(parameters, "messagestream");
    return email.stream().equals(stream == null ? PostmarkEmail.DEFAULT_STREAM : stream)
        && (recipient == null || email.recipients().contains(recipient))
        && (tag == null || tag.equals(email.tag()))
        && parameters.entrySet().stream()
            .filter(parameter -> parameter.getKey().startsWith(METADATA))
            .allMatch(
                parameter ->
                    parameter
                        .getValue()
                        .contains(email.metadata(parameter.getKey().substring(METADATA.length()))));
  }
}
