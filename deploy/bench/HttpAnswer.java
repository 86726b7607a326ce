import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of one answer after another, as far as {@link Load} must understand them. */
final class HttpAnswer {
  private static final byte[] HEAD_END = bytes("\r\n\r\n");
  private static final byte[] LENGTH = bytes("content-length:");
  private static final byte[] ACCEPTED = bytes("\"accepted\":");
  private static final int NO_CONTENT = 204;

  /** How far into a body the number of accepted items is looked for. */
  private static final int NEAR = 64;

  private byte[] got = new byte[1024];
  private int length;
  private int headEnd;

  /** Adds what came; {@return whether the answer is whole} */
  boolean add(Buffer buffer) {
    int more = buffer.length();
    if (length + more > got.length) {
      got = Arrays.copyOf(got, Math.max(got.length * 2, length + more));
    }
    buffer.getBytes(got, length);
    length += more;
    headEnd = indexOf(got, length, HEAD_END, 0);
    return headEnd >= 0 && length >= headEnd + HEAD_END.length + bodyLength();
  }

  int status() {
    return (got[9] - '0') * 100 + (got[10] - '0') * 10 + got[11] - '0';
  }

  /** How many items a batch's answer says were accepted; 0 for any other answer. */
  int accepted() {
    return Math.max(0, numberAfter(ACCEPTED, headEnd, Math.min(length, headEnd + NEAR)));
  }

  /** Forgets it: the next one begins. */
  void clear() {
    length = 0;
  }

  private int bodyLength() {
    int found = numberAfter(LENGTH, 0, headEnd);
    if (found < 0 && status() != NO_CONTENT) {
      throw new IllegalStateException("an answer without content-length: " + this);
    }
    return Math.max(0, found);
  }

  /** The number that stands after the name; -1 if the name is not there. */
  private int numberAfter(byte[] name, int from, int to) {
    int at = indexOf(got, to, name, from);
    if (at < 0) {
      return -1;
    }
    int value = 0;
    for (int i = at + name.length; i < length && (got[i] == ' ' || isDigit(got[i])); i++) {
      if (got[i] != ' ') {
        value = value * 10 + got[i] - '0';
      }
    }
    return value;
  }

  private static boolean isDigit(byte character) {
    return character >= '0' && character <= '9';
  }

  /** Where the mark, which has no upper case, stands in either case; -1 if nowhere. */
  static int indexOf(byte[] in, int end, byte[] mark, int from) {
    for (int i = from; i + mark.length <= end; i++) {
      int j = 0;
      while (j < mark.length && (in[i + j] == mark[j] || in[i + j] == mark[j] - 32)) {
        j++;
      }
      if (j == mark.length) {
        return i;
      }
    }
    return -1;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public String toString() {
    return new String(got, 0, Math.min(length, 600), StandardCharsets.UTF_8);
  }
}
