package io.signalbox.gateway.booking;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The far end of {@link CalendarPlugin}, with books of its own. A move makes a new booking and
 * calls the old one off. Thread-safe.
 */
final class CalendarServer {
  /** What a call of a name gets instead of a good answer. */
  enum Fault {
    /** 503 before anything is done. */
    AWAY,
    /** 409 before anything is done. */
    TAKEN,
    /** It is done and answered with 500. */
    BROKEN_AFTER,
    /** It is done and never answered. */
    SILENT_AFTER
  }

  private final HttpServer server;
  private final List<JsonObject> books = new ArrayList<>();
  private final Map<String, Fault> faults = new HashMap<>();
  private final Map<String, Integer> asked = new HashMap<>();

  CalendarServer(Vertx vertx) {
    this.server = vertx.createHttpServer().requestHandler(this::asked);
  }

  Future<Integer> open() {
    return server.listen(0, "127.0.0.1").map(HttpServer::actualPort);
  }

  synchronized void fault(String name, Fault fault) {
    faults.put(name, fault);
  }

  synchronized void mend(String name) {
    faults.remove(name);
  }

  /** How often a name was asked for. */
  synchronized int asked(String name) {
    return asked.getOrDefault(name, 0);
  }

  /** Nothing was asked for so far. */
  synchronized void forgetCalls() {
    asked.clear();
  }

  /** All bookings that stand. */
  synchronized List<JsonObject> live() {
    return books.stream().filter(each -> each.getString("state").equals("ACCEPTED")).toList();
  }

  private void asked(HttpServerRequest request) {
    request
        .body()
        .onSuccess(body -> answer(request, request.path().substring(1), body.toJsonObject()));
  }

  private synchronized void answer(HttpServerRequest request, String name, JsonObject body) {
    asked.merge(name, 1, Integer::sum);
    Fault fault = faults.get(name);
    if (fault == Fault.AWAY || fault == Fault.TAKEN) {
      request.response().setStatusCode(fault == Fault.AWAY ? 503 : 409).end();
      return;
    }
    JsonArray said = act(name, body);
    if (fault == Fault.BROKEN_AFTER) {
      request.response().setStatusCode(500).end();
    } else if (fault == null) {
      request.response().end(said.toBuffer());
    }
  }

  private JsonArray act(String name, JsonObject body) {
    return switch (name) {
      case "book" -> list(List.of(add(body, null)));
      case "find" -> list(matching("attempt", body.getString("attempt")));
      case "read" -> list(matching("uid", body.getString("uid")));
      case "cancel" -> {
        List<JsonObject> found = matching("uid", body.getString("uid"));
        found.forEach(each -> each.put("state", "CANCELLED"));
        yield list(found);
      }
      default -> {
        JsonObject old = matching("uid", body.getString("uid")).get(0).put("state", "CANCELLED");
        JsonObject made = body.copy().put("attempt", old.getString("attempt"));
        yield list(List.of(add(made, old.getString("uid"))));
      }
    };
  }

  private JsonObject add(JsonObject body, @Nullable String from) {
    JsonObject made =
        new JsonObject()
            .put("uid", "b" + (books.size() + 1))
            .put("attempt", body.getString("attempt"))
            .put("start", body.getString("start"))
            .put("from", from)
            .put("state", "ACCEPTED");
    books.add(made);
    return made;
  }

  private List<JsonObject> matching(String field, String value) {
    return books.stream().filter(each -> Objects.equals(each.getString(field), value)).toList();
  }

  private static JsonArray list(List<JsonObject> found) {
    JsonArray list = new JsonArray();
    found.forEach(each -> list.add(each.copy()));
    return list;
  }
}
