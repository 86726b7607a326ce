package io.signalbox.simulator.resend;

import io.signalbox.simulator.core.Answer;
import io.signalbox.simulator.core.Fields;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Pages of {@code GET /emails}. */
final class EmailList {
  private static final Pattern LIMIT = Pattern.compile("[1-9][0-9]?|100");
  private static final int DEFAULT_LIMIT = 20;

  private EmailList() {}

  /** A page of these mails, the newest first, as {@code limit} and {@code after} ask for it. */
  static Answer page(List<ResendEmail> newestFirst, @Nullable String query) {
    Map<String, List<String>> parameters = Fields.form(query).orElse(Map.of());
    String limit = Fields.first(parameters, "limit");
    if (limit != null && !LIMIT.matcher(limit).matches()) {
      return ResendErrors.of(422, "validation_error", "The `limit` must be between 1 and 100.");
    }
    String after = Fields.first(parameters, "after");
    int from = after == null ? 0 : indexOf(newestFirst, after) + 1;
    int size = limit == null ? DEFAULT_LIMIT : Integer.parseInt(limit);
    int to = Math.min(newestFirst.size(), from + size);
    JsonArray data = new JsonArray();
    newestFirst.subList(from, to).forEach(email -> data.add(email.toListItem()));
    return Answer.json(
        200,
        new JsonObject()
            .put("object", "list")
            .put("has_more", to < newestFirst.size())
            .put("data", data));
  }

  /** The place of a mail; the last place if there is no such mail, so that nothing follows it. */
  private static int indexOf(List<ResendEmail> mails, String id) {
    for (int i = 0; i < mails.size(); i++) {
      if (mails.get(i).id().equals(id)) {
        return i;
      }
    }
    return mails.size() - 1;
  }
}
