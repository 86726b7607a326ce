package io.signalbox.gateway.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.StringJoiner;

/** What a server's refusal says, in one line with the next step. Pure. */
final class Refused {
  private Refused() {}

  /**
   * The line.
   *
   * @param problem the answer, an RFC 9457 problem if it comes from a gateway
   */
  static String describe(int status, JsonObject problem) {
    StringJoiner line = new StringJoiner("; ");
    String detail = problem.getString("detail", problem.getString("title", ""));
    JsonArray errors =
        problem.getValue("errors") instanceof JsonArray several ? several : new JsonArray();
    line.add("HTTP " + status + (detail.isEmpty() ? "" : ": " + oneLine(detail)));
    for (Object error : errors) {
      if (error instanceof JsonObject each) {
        String pointer = each.getString("pointer", "");
        line.add((pointer + ' ' + oneLine(each.getString("detail", ""))).strip());
      }
    }
    String next = next(status);
    if (!next.isEmpty()) {
      line.add(next);
    }
    return line.toString();
  }

  private static String next(int status) {
    if (status >= 300 && status < 400) {
      return "it redirects: give the URL that it leads to with --url";
    }
    return switch (status) {
      case 401 -> "make a token with signalbox token --role ROLE where the gateway's data is";
      case 403 -> "use a token of a role that may: signalbox token --role ROLE";
      case 405, 501 -> "is the gateway of another version than this command?";
      case 429 -> "wait a moment and try again";
      case 502, 503, 504 -> "signalbox status says how the gateway is";
      default -> status >= 500 ? "the gateway's log says more" : "";
    };
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
