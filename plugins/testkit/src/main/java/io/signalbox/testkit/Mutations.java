package io.signalbox.testkit;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Random;

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
