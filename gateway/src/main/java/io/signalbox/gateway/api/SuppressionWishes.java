package io.signalbox.gateway.api;

import io.signalbox.gateway.ledger.Addressee;
import io.signalbox.gateway.ledger.Suppression.Origin;
import io.signalbox.gateway.ledger.SuppressionLedger.Wish;
import io.signalbox.gateway.model.SuppressionReason;
import io.signalbox.gateway.notification.ChannelAddress;
import io.signalbox.gateway.notification.FieldProblem;
import io.signalbox.gateway.security.Caller;
import io.signalbox.gateway.text.NearestName;
import io.signalbox.spi.Channel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads whom a caller wants on the suppression list: one object, or an object with a list of them
 * under {@code suppressions}. Collects the mistakes with their places. Used once, on one thread.
 */
final class SuppressionWishes {
  /** How many recipients one request may name. */
  static final int MOST = 1_000;

  private static final int LONGEST_NOTE = 500;
  private static final int MOST_PROBLEMS = 50;
  private static final String LIST = "suppressions";
  private static final List<String> NAMES = List.of("channel", "recipient", "reason", "note");

  private final Caller caller;
  private final List<Wish> wishes = new ArrayList<>();
  private final List<FieldProblem> problems = new ArrayList<>();

  SuppressionWishes(Caller caller) {
    this.caller = caller;
  }

  /** Reads a request; afterwards there are wishes, or problems. */
  SuppressionWishes read(JsonObject body) {
    if (!body.containsKey(LIST)) {
      readOne(body, "");
      return this;
    }
    if (body.size() > 1) {
      problem("", "must hold nothing beside " + LIST);
    }
    if (!(body.getValue(LIST) instanceof JsonArray list) || list.isEmpty() || list.size() > MOST) {
      problem("/" + LIST, "must be an array of 1 to " + MOST + " objects");
      return this;
    }
    for (int i = 0; i < list.size() && problems.size() < MOST_PROBLEMS; i++) {
      String at = "/" + LIST + "/" + i;
      if (list.getValue(i) instanceof JsonObject one) {
        readOne(one, at);
      } else {
        problem(at, "must be an object");
      }
    }
    return this;
  }

  List<FieldProblem> problems() {
    return problems;
  }

  List<Wish> wishes() {
    return wishes;
  }

  private void readOne(JsonObject json, String at) {
    int before = problems.size();
    for (String name : json.fieldNames()) {
      if (!NAMES.contains(name)) {
        problem(at, "has an unknown field" + NearestName.hint(name, NAMES));
      }
    }
    Channel channel =
        Channel.find(text(json, "channel")).filter(Channel::carriesMessages).orElse(null);
    String recipient = text(json, "recipient");
    if (channel == null) {
      problem(at + "/channel", SuppressionQuery.CHANNEL_RULE);
    } else {
      problem(at + "/recipient", ChannelAddress.problem(channel, recipient));
    }
    SuppressionReason reason =
        json.getValue("reason") == null
            ? SuppressionReason.MANUAL
            : SuppressionReason.find(text(json, "reason")).orElse(null);
    if (reason == null) {
      problem(at + "/reason", SuppressionQuery.REASON_RULE);
    }
    String note = json.getValue("note") == null ? null : text(json, "note");
    if (note != null && (note.isBlank() || note.length() > LONGEST_NOTE)) {
      problem(at + "/note", "must be a text of 1 to " + LONGEST_NOTE + " characters");
    }
    if (problems.size() == before && channel != null && reason != null) {
      Addressee addressee = new Addressee(caller.tenant(), channel, Addressee.normal(recipient));
      wishes.add(new Wish(addressee, reason, Origin.api(caller.actor(), note)));
    }
  }

  /** A text, or the number of a chat as one; empty if it is neither. */
  private static String text(JsonObject json, String name) {
    Object value = json.getValue(name);
    return value instanceof String || value instanceof Integer || value instanceof Long
        ? value.toString()
        : "";
  }

  private void problem(String pointer, @Nullable String detail) {
    if (detail != null) {
      problems.add(new FieldProblem(pointer, detail));
    }
  }
}
