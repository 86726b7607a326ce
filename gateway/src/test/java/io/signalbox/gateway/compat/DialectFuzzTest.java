package io.signalbox.gateway.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing that strangers send makes a dialect throw anything but a refusal, which it can tell. */
class DialectFuzzTest {
  private static final int REQUESTS = Integer.getInteger("signalbox.fuzz.dialect", 4_000);
  private static final List<Object> VALUES =
      List.of(
          "a@b.test",
          "",
          " ",
          "A <a@b.test>",
          "\"<,\\",
          "in 1 min",
          "\ud800",
          0,
          -1,
          4_102_444_800L,
          1.5,
          true,
          false,
          "{}",
          "{\"a@b.test\":{\"x\":1}}",
          "text/plain",
          "yes",
          "+15550001111");
  private static final Map<String, String> PATH =
      Map.of("domain", "mg.test", "account", "AC1", "sid", "x", "id", "x", "token", "t");

  static List<Dialect> dialects() {
    return Dialects.all();
  }

  @ParameterizedTest
  @MethodSource("dialects")
  void whateverIsSentIsReadOrRefused(Dialect dialect) {
    Random random = new Random(7);
    List<String> names =
        dialect.fields().stream()
            .flatMap(field -> List.of(field.name().split("\\.")).stream())
            .toList();
    for (int i = 0; i < REQUESTS; i++) {
      DialectRequest request = request(random, names);
      for (DialectCall call : dialect.calls()) {
        if (call instanceof DialectCall.Sending sending) {
          hold(dialect, sending, request);
        }
      }
    }
  }

  private static void hold(Dialect dialect, DialectCall.Sending call, DialectRequest request) {
    try {
      Asked asked = call.read(request);
      assertThat(asked.notifications()).isNotEmpty();
      asked.notifications().forEach(each -> each.notification().toBuffer());
      asked.notifications().forEach(each -> each.memo().toJson().toBuffer());
    } catch (RefusedException refused) {
      DialectAnswer told =
          call.refuse(refused.refusal()).orElseGet(() -> dialect.refuse(refused.refusal()));
      assertThat(told.body()).isNotNull();
    }
  }

  private static DialectRequest request(Random random, List<String> names) {
    return switch (random.nextInt(4)) {
      case 0 -> Requests.json(PATH, text(random, Json.encode(value(random, names, 4))));
      case 1 -> Requests.json(PATH, text(random, Json.encode(object(random, names, 4))));
      case 2 -> Requests.form(PATH, text(random, form(random, names)));
      default ->
          Requests.of(PATH, "multipart/form-data; boundary=b", text(random, parts(random, names)));
    };
  }

  /** One in four is broken somewhere. */
  private static String text(Random random, String whole) {
    if (whole.isEmpty() || random.nextInt(4) != 0) {
      return whole;
    }
    int at = random.nextInt(whole.length());
    return whole.substring(0, at) + (char) random.nextInt(300) + whole.substring(at + 1);
  }

  private static Object value(Random random, List<String> names, int depth) {
    int kind = random.nextInt(depth == 0 ? 2 : 5);
    if (kind == 3) {
      return object(random, names, depth - 1);
    }
    if (kind == 4) {
      JsonArray array = new JsonArray();
      for (int i = random.nextInt(4); i > 0; i--) {
        array.add(value(random, names, depth - 1));
      }
      return array;
    }
    return VALUES.get(random.nextInt(VALUES.size()));
  }

  private static JsonObject object(Random random, List<String> names, int depth) {
    JsonObject object = new JsonObject();
    for (int i = random.nextInt(8); i > 0; i--) {
      boolean none = random.nextInt(10) == 0;
      object.put(name(random, names), none ? null : value(random, names, depth));
    }
    return object;
  }

  private static String name(Random random, List<String> names) {
    return names.get(random.nextInt(names.size())).replace("[]", "").replace("*", "x");
  }

  private static String form(Random random, List<String> names) {
    StringBuilder form = new StringBuilder();
    for (int i = random.nextInt(10); i > 0; i--) {
      form.append(URLEncoder.encode(name(random, names), StandardCharsets.UTF_8))
          .append('=')
          .append(URLEncoder.encode(one(random), StandardCharsets.UTF_8))
          .append('&');
    }
    return form.toString();
  }

  private static String parts(Random random, List<String> names) {
    StringBuilder form = new StringBuilder();
    for (int i = random.nextInt(10); i > 0; i--) {
      form.append("--b\r\nContent-Disposition: form-data; name=\"")
          .append(name(random, names))
          .append(random.nextInt(8) == 0 ? "\"; filename=\"f\"" : "\"")
          .append(random.nextBoolean() ? "\r\nContent-Type: text/plain; charset=utf-8" : "")
          .append("\r\n\r\n")
          .append(one(random))
          .append("\r\n");
    }
    return form.append("--b--\r\n").toString();
  }

  private static String one(Random random) {
    return String.valueOf(VALUES.get(random.nextInt(VALUES.size())));
  }
}
