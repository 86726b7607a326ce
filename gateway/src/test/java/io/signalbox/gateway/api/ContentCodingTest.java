package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.gateway.bus.GatewayException;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Bodies in gzip, of one member and of many. */
class ContentCodingTest {
  private static final int MOST_BYTES = 4 << 20;
  private static final int EMPTY_BYTES = 20;

  @Test
  void membersFollowEachOther() throws Exception {
    assertThat(undo(member("one")).toString()).isEqualTo("one");
    Buffer two = Buffer.buffer().appendBuffer(member("one")).appendBuffer(member("two"));
    assertThat(undo(two).toString()).isEqualTo("onetwo");
    Buffer some = empty(3).appendBuffer(member("one")).appendBuffer(empty(3));
    assertThat(undo(some).toString()).isEqualTo("one");
    assertThat(undo(empty(1)).length()).isZero();
  }

  @Test
  void manyMembersOfNothingAreRefused() throws Exception {
    Buffer many = empty(200_000);
    assertThat(many.length()).isLessThan(MOST_BYTES);
    assertRefused(many, MOST_BYTES, 400);
    assertRefused(member("one").appendBuffer(many), MOST_BYTES, 400);
  }

  @Test
  void manyMembersHaveTheBoundOfOne() throws Exception {
    Buffer many = Buffer.buffer();
    for (int i = 0; i < 2_000; i++) {
      many.appendBuffer(member("x"));
    }
    assertThat(undo(many).length()).isEqualTo(2_000);
    assertRefused(many, 1_999, 413);
  }

  private static void assertRefused(Buffer body, int most, int status) {
    assertThatThrownBy(() -> ContentCoding.undo("gzip", body, most, bytes -> true))
        .isInstanceOfSatisfying(
            GatewayException.class, why -> assertThat(why.status()).isEqualTo(status));
  }

  private static Buffer undo(Buffer body) {
    return ContentCoding.undo("gzip", body, MOST_BYTES, bytes -> true);
  }

  private static Buffer empty(int members) throws Exception {
    Buffer one = member("");
    assertThat(one.length()).isEqualTo(EMPTY_BYTES);
    Buffer all = Buffer.buffer(members * EMPTY_BYTES);
    for (int i = 0; i < members; i++) {
      all.appendBuffer(one);
    }
    return all;
  }

  private static Buffer member(String text) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(Buffer.buffer(text).getBytes());
    }
    return Buffer.buffer(bytes.toByteArray());
  }
}
