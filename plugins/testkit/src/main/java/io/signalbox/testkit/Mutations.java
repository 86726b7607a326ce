package io.signalbox.testkit;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Bytes that no parser expects. */
final class Mutations {
  private static final int HUGE = 200_000;

  private Mutations() {}

  /** The body cut short, or with some bytes changed, or with some bytes twice. */
  static Buffer anyOf(Buffer body, Random random) {
    int length = body.length();
    return switch (random.nextInt(4)) {
      case 0 -> body.getBuffer(0, random.nextInt(length));
      case 1 -> withChangedBytes(body, 1 + random.nextInt(5), random);
      case 2 -> {
        int from = random.nextInt(length);
        yield body.copy().appendBuffer(body.getBuffer(from, length));
      }
      default -> {
        int at = random.nextInt(length);
        yield body.getBuffer(0, at)
            .appendString(List.of("null", "[", "{\"a\":", "\"", "1e999", "\u0000").get(at % 6))
            .appendBuffer(body.getBuffer(at, length));
      }
    };
  }

  /**
   * The JSON with one value, at any depth, replaced by one of another type or size; the bytes
   * changed at random where the body is no JSON.
   */
  static Buffer withOtherValue(Buffer body, Random random) {
    Object json;
    try {
      json = Json.decodeValue(body);
    } catch (DecodeException e) {
      return withChangedBytes(body, 3, random);
    }
    List<Consumer<Object>> places = new ArrayList<>();
    collect(json, places);
    if (places.isEmpty()) {
      return Json.encodeToBuffer(strange(random));
    }
    places.get(random.nextInt(places.size())).accept(strange(random));
    return Json.encodeToBuffer(json);
  }

  private static void collect(Object json, List<Consumer<Object>> places) {
    if (json instanceof JsonObject object) {
      for (String name : List.copyOf(object.fieldNames())) {
        places.add(value -> object.put(name, value));
        collect(object.getValue(name), places);
      }
    } else if (json instanceof JsonArray array) {
      for (int i = 0; i < array.size(); i++) {
        int index = i;
        places.add(value -> array.set(index, value));
        collect(array.getValue(i), places);
      }
    }
  }

  private static @Nullable Object strange(Random random) {
    return switch (random.nextInt(11)) {
      case 0 -> null;
      case 1 -> "";
      case 2 -> "x".repeat(HUGE);
      case 3 -> -1;
      case 4 -> Double.MAX_VALUE;
      case 5 -> Long.MIN_VALUE;
      case 6 -> true;
      case 7 -> new JsonArray();
      case 8 -> new JsonArray().addNull().add(new JsonObject());
      case 9 -> new JsonObject().put("", new JsonObject().putNull("a"));
      default -> "\uD800 \u0000 2026-13-45T99:99:99Z";
    };
  }

  /** The body with one bit of one byte turned. */
  static Buffer withFlippedBit(Buffer body, int position) {
    Buffer flipped = body.copy();
    flipped.setByte(position, (byte) (flipped.getByte(position) ^ 1));
    return flipped;
  }

  /** JSON of hostile shapes: deep, long, and of the wrong types at the top. */
  static List<Buffer> hostileJson() {
    return List.of(
        Buffer.buffer("[".repeat(HUGE)),
        Buffer.buffer("[".repeat(HUGE) + "]".repeat(HUGE)),
        Buffer.buffer("{\"a\":".repeat(HUGE) + "1" + "}".repeat(HUGE)),
        Buffer.buffer("{\"" + "a".repeat(HUGE) + "\":\"" + "b".repeat(HUGE) + "\"}"),
        Buffer.buffer("[" + "{},".repeat(HUGE / 4) + "{}]"),
        Buffer.buffer("9".repeat(5_000)),
        Buffer.buffer("[null,1,\"x\",[],{}]"),
        Buffer.buffer("null"),
        Buffer.buffer("{}"),
        Buffer.buffer("[]"),
        Buffer.buffer(""));
  }

  private static Buffer withChangedBytes(Buffer body, int count, Random random) {
    Buffer changed = body.copy();
    for (int i = 0; i < count; i++) {
      changed.setByte(random.nextInt(changed.length()), (byte) random.nextInt(256));
    }
    return changed;
  }
}
