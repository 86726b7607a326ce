package io.signalbox.gateway.drill;

import io.signalbox.gateway.sandbox.SandboxLink;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Asks the simulated providers what they truly delivered: the only witness of what was lost and
 * what came twice. Thread-confined.
 */
final class Inbox {
  private static final int PAGE = 2_000;

  private final SandboxLink sandbox;
  private final String mark;
  private final Map<String, Long> countBefore = new HashMap<>();

  /**
   * Makes one that has looked at nothing.
   *
   * @param mark the words before a message's number
   */
  Inbox(SandboxLink sandbox, String mark) {
    this.sandbox = sandbox;
    this.mark = mark;
  }

  /** Remembers where the lists of these plugins end now. */
  Future<Void> open(Set<String> plugins) {
    List<Future<?>> asked = new ArrayList<>();
    for (String plugin : plugins) {
      asked.add(
          sandbox
              .settings(plugin)
              .onSuccess(told -> countBefore.put(plugin, told.getLong("received", 0L))));
    }
    return Future.all(asked).mapEmpty();
  }

  /** How often each message of the drill reached its recipient since, by its number. */
  Future<Map<Integer, Integer>> counts() {
    Map<Integer, Integer> counts = new HashMap<>();
    Future<Void> all = Future.succeededFuture();
    for (Map.Entry<String, Long> each : countBefore.entrySet()) {
      all = all.compose(before -> page(each.getKey(), each.getValue(), counts));
    }
    return all.map(counts);
  }

  private Future<Void> page(String plugin, long from, Map<Integer, Integer> counts) {
    return sandbox
        .received(plugin, from, PAGE)
        .compose(
            answer -> {
              List<?> received = answer.getJsonArray("received").getList();
              for (Object one : answer.getJsonArray("received")) {
                count((JsonObject) one, counts);
              }
              long read = Math.max(from, answer.getLong("first", 0L)) + received.size();
              return received.size() < PAGE ? Future.succeededFuture() : page(plugin, read, counts);
            });
  }

  private void count(JsonObject received, Map<Integer, Integer> counts) {
    String text = received.getString("text", "");
    int at = text.indexOf(mark);
    // One that was taken and swallowed has reached nobody.
    if (at < 0 || !received.getBoolean("delivered", true)) {
      return;
    }
    int number = 0;
    int digits = 0;
    for (int i = at + mark.length(); i < text.length() && digits < 9; i++, digits++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        break;
      }
      number = number * 10 + digit;
    }
    if (digits > 0) {
      counts.merge(number, 1, Integer::sum);
    }
  }
}
