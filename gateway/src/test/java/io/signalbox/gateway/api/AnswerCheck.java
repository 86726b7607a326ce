package io.signalbox.gateway.api;

import io.signalbox.gateway.contract.Contract;
import io.signalbox.gateway.contract.Operation;
import io.signalbox.gateway.notification.FieldProblem;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds answers to the document: a status, a media type or a field that it does not have is a
 * mistake. Thread-safe.
 */
final class AnswerCheck {
  private static final AnswerCheck SERVED = load();

  private final JsonObject document;
  private final Contract contract;
  private final Map<String, JsonObject> answers = new ConcurrentHashMap<>();

  private AnswerCheck(JsonObject document, Contract contract) {
    this.document = document;
    this.contract = contract;
  }

  private static AnswerCheck load() {
    try {
      return new AnswerCheck(OpenApiTest.document(), Contract.read());
    } catch (Exception e) {
      throw new IllegalStateException("the document cannot be read", e);
    }
  }

  /**
   * What an answer has that the document has not; null if there is nothing.
   *
   * @param path with or without a query
   * @param type the header {@code Content-Type}; empty without one
   */
  static @Nullable String mistake(
      String method, String path, int status, String type, String body) {
    return SERVED.find(method, path.replaceAll("\\?.*", ""), status, type, body);
  }

  private @Nullable String find(String method, String path, int status, String type, String body) {
    if (path.startsWith("/compat/")) {
      // The documents of those APIs are their providers'.
      return null;
    }
    Optional<Operation> operation = contract.find(method.equals("HEAD") ? "GET" : method, path);
    if (method.equals("OPTIONS") && status == 204) {
      return body.isEmpty() ? null : "there is a body";
    }
    if (operation.isEmpty() || status == 405) {
      return status < 400 ? "path is not in the document" : of(problem(), type, body);
    }
    JsonObject answer = answer(operation.get(), status);
    if (answer == null) {
      return "status " + status + " is not in the document";
    }
    if (path.startsWith("/webhooks/") && answer.getJsonObject("content") == null) {
      // What a provider is answered its plugin says.
      return null;
    }
    if (method.equals("HEAD")) {
      return body.isEmpty() ? null : "there is a body";
    }
    return of(answer, type, body);
  }

  private @Nullable String of(JsonObject answer, String type, String body) {
    JsonObject content = answer.getJsonObject("content");
    if (content == null) {
      return body.isEmpty() ? null : "there is a body, and none in the document";
    }
    if (body.isEmpty()) {
      return "there is no body";
    }
    String name = type.replaceAll(";.*", "");
    if (!content.containsKey(name)) {
      return "media type " + type + " is not in the document";
    }
    if (!name.equals("application/json") && !name.endsWith("+json")) {
      return null;
    }
    List<FieldProblem> problems =
        contract.check(content.getJsonObject(name).getJsonObject("schema"), Json.decodeValue(body));
    return problems.isEmpty() ? null : problems.toString();
  }

  private JsonObject problem() {
    return answers.computeIfAbsent(
        "problem",
        unused -> closed(new JsonObject().put("$ref", "#/components/responses/Problem")));
  }

  private @Nullable JsonObject answer(Operation operation, int status) {
    JsonObject answer =
        answers.computeIfAbsent(
            operation.id() + " " + status,
            unused -> {
              JsonObject given =
                  document
                      .getJsonObject("paths")
                      .getJsonObject(operation.template())
                      .getJsonObject(operation.method().toLowerCase(Locale.ROOT))
                      .getJsonObject("responses")
                      .getJsonObject(Integer.toString(status));
              return given == null ? new JsonObject() : closed(given);
            });
    return answer.isEmpty() ? null : answer;
  }

  /** The same with references resolved, and objects that may have no other fields. */
  private JsonObject closed(JsonObject given) {
    JsonObject copy = (JsonObject) inline(given, Set.of());
    close(copy, false);
    return copy;
  }

  /** A schema that stands in itself is open there: anything fits. */
  private Object inline(Object value, Set<String> within) {
    if (value instanceof JsonArray list) {
      JsonArray copy = new JsonArray();
      list.forEach(each -> copy.add(each == null ? null : inline(each, within)));
      return copy;
    }
    if (!(value instanceof JsonObject object)) {
      return value;
    }
    if (object.getValue("$ref") instanceof String reference) {
      if (within.contains(reference)) {
        return new JsonObject();
      }
      JsonObject found = document;
      for (String step : reference.substring(2).split("/", -1)) {
        found = found.getJsonObject(step);
      }
      Set<String> deeper = new HashSet<>(within);
      deeper.add(reference);
      return inline(found, deeper);
    }
    JsonObject copy = new JsonObject();
    object.forEach(
        member ->
            copy.put(
                member.getKey(),
                member.getValue() == null ? null : inline(member.getValue(), within)));
    return copy;
  }

  private static void close(Object value, boolean part) {
    if (value instanceof JsonArray list) {
      list.forEach(each -> close(each, false));
    } else if (value instanceof JsonObject object) {
      boolean open =
          !object.containsKey("additionalProperties")
              && !object.containsKey("unevaluatedProperties");
      if (open && !part && object.containsKey("allOf")) {
        object.put("unevaluatedProperties", false);
      } else if (open && !part && object.getValue("properties") instanceof JsonObject) {
        object.put("additionalProperties", false);
      }
      object.forEach(
          member -> {
            if (member.getKey().equals("allOf")) {
              ((JsonArray) member.getValue()).forEach(each -> close(each, true));
            } else {
              close(member.getValue(), false);
            }
          });
    }
  }
}
