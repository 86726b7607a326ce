package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.GatewayException;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Undoes what {@code Content-Encoding} says was done to a body. Pure. */
final class ContentCoding {
  private static final Set<String> NONE = Set.of("", "identity");
  private static final Set<String> GZIP = Set.of("gzip", "x-gzip");
  private static final int CHUNK_BYTES = 16 << 10;

  /** So many members of nothing may follow each other: nobody means anything by more. */
  private static final int MOST_EMPTY = 100;

  private ContentCoding() {}

  /**
   * The body as it was meant.
   *
   * @param coding the header's value; null if it is not there
   * @param maxBytes the most that it may have then
   * @param room asked with the bytes of each piece that is made
   * @throws GatewayException of status 400 if it is not coded so, 413 if it is too large, 415 if
   *     the coding is not known here, 503 if there is no room
   */
  static Buffer undo(@Nullable String coding, Buffer body, int maxBytes, IntPredicate room) {
    String name = coding == null ? "" : coding.trim().toLowerCase(Locale.ROOT);
    if (NONE.contains(name)) {
      return body;
    }
    if (!GZIP.contains(name)) {
      throw new GatewayException(415, "Content-Encoding must be gzip, or not be there");
    }
    return unzip(body, maxBytes, room);
  }

  private static Buffer unzip(Buffer body, int maxBytes, IntPredicate room) {
    Buffer whole = Buffer.buffer(Math.min(maxBytes, 4 * body.length()));
    byte[] chunk = new byte[CHUNK_BYTES];
    try (Members in = new Members(body)) {
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        if (whole.length() + read > maxBytes) {
          throw new GatewayException(413, "the body has more than " + maxBytes + " bytes");
        }
        if (!room.test(read)) {
          throw new GatewayException(503, "too many large bodies are being taken in");
        }
        whole.appendBytes(chunk, 0, read);
      }
    } catch (IOException e) {
      throw new GatewayException(400, "the body is not gzip, as Content-Encoding says");
    }
    return whole;
  }

  /** The JDK's stream calls itself for each empty member: that has an end before the stack has. */
  private static final class Members extends GZIPInputStream {
    private int within;

    Members(Buffer body) throws IOException {
      super(new ByteArrayInputStream(body.getBytes()));
    }

    @Override
    public int read(byte[] into, int offset, int most) throws IOException {
      if (within > MOST_EMPTY) {
        throw new GatewayException(400, "the body has too many empty members of gzip");
      }
      within++;
      try {
        return super.read(into, offset, most);
      } finally {
        within--;
      }
    }
  }
}
