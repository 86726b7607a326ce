package io.signalbox.gateway.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Requests to all calls of a document, a part of them spoiled somewhere. */
final class FuzzRequests {
  private final Random random;
  private final Specimens specimens;
  private final List<Call> calls = new ArrayList<>();

  /** A request. */
  record Made(String method, String path, Map<String, String> headers, Buffer body) {}

  private record Call(String template, String method, JsonObject operation) {}

  FuzzRequests(JsonObject document, long seed) {
    this.random = new Random(seed);
    this.specimens = new Specimens(document, random);
    JsonObject paths = document.getJsonObject("paths");
    for (String template : paths.fieldNames()) {
      JsonObject methods = paths.getJsonObject(template);
      for (String method : methods.fieldNames()) {
        calls.add(
            new Call(template, method.toUpperCase(Locale.ROOT), methods.getJsonObject(method)));
      }
    }
  }

  Made next() {
    Call call = calls.get(random.nextInt(calls.size()));
    boolean spoil = random.nextInt(2) == 0;
    String path = call.template();
    StringBuilder query = new StringBuilder();
    Map<String, String> headers = new HashMap<>();
    for (Object each : call.operation().getJsonArray("parameters", new JsonArray())) {
      JsonObject parameter = specimens.resolve((JsonObject) each);
      String name = parameter.getString("name");
      String value = value(parameter, spoil);
      switch (parameter.getString("in")) {
        case "path" ->
            path = path.replace("{" + name + "}", value.isEmpty() ? "x" : encoded(value));
        case "query" -> {
          if (random.nextInt(3) == 0) {
            query
                .append(query.isEmpty() ? '?' : '&')
                .append(name)
                .append('=')
                .append(encoded(value));
          }
        }
        default -> {
          // What no client can send in a header is left out.
          if (random.nextInt(4) == 0 && value.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            headers.put(name, value);
          }
        }
      }
    }
    if (spoil && random.nextInt(10) == 0) {
      query.append(query.isEmpty() ? '?' : '&').append("odd=1");
    }
    if (spoil && random.nextInt(10) == 0) {
      headers.put("accept", random.nextBoolean() ? "text/html" : ";;,q=,*");
    }
    String method = spoil && random.nextInt(20) == 0 ? "PATCH" : call.method();
    return new Made(method, path + query, headers, body(call, spoil, headers));
  }

  private Buffer body(Call call, boolean spoil, Map<String, String> headers) {
    JsonObject content =
        call.operation()
            .getJsonObject("requestBody", new JsonObject())
            .getJsonObject("content", new JsonObject());
    if (!content.containsKey("application/json")) {
      return random.nextInt(5) == 0 ? Buffer.buffer("odd") : Buffer.buffer();
    }
    headers.put(
        "content-type", spoil && random.nextInt(20) == 0 ? "text/plain" : "application/json");
    Object value =
        specimens.valid(content.getJsonObject("application/json").getJsonObject("schema"), "");
    if (!spoil) {
      return Buffer.buffer(Json.encode(value));
    }
    Buffer json = Buffer.buffer(Json.encode(specimens.spoiled(value)));
    return switch (random.nextInt(8)) {
      case 0 -> json.slice(0, random.nextInt(json.length() + 1));
      case 1 -> Buffer.buffer(bytes(40));
      case 2 -> Buffer.buffer("[".repeat(random.nextInt(3_000)));
      case 3 -> Buffer.buffer(json.toString().replaceAll("[0-9.]+", "1e999999999"));
      default -> json;
    };
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private String value(JsonObject parameter, boolean spoil) {
    Object value =
        spoil && random.nextInt(3) == 0
            ? specimens.odd()
            : specimens.valid(parameter.getJsonObject("schema"), parameter.getString("name"));
    return String.valueOf(value);
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
