package io.signalbox.gateway.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes large answers smaller for clients that take gzip. Small ones, such as those of the hot
 * path, are not looked at; neither are those with an entity tag, which is of the bytes as they are.
 */
final class Gzip {
  /** Shorter ones fit into a packet or two as they are. */
  static final int FEWEST_BYTES = 2_048;

  private Gzip() {}

  /** The body as it is to be sent; says in the headers how. */
  static Buffer encode(HttpServerRequest request, HttpServerResponse response, Buffer body) {
    if (body.length() < FEWEST_BYTES
        || response.headers().contains(HttpHeaders.ETAG)
        || response.headers().contains(HttpHeaders.CONTENT_ENCODING)) {
      return body;
    }
    return choose(request, response, body, () -> zip(body));
  }

  /** The body, or its shorter form where that is taken; says in the headers which. */
  static Buffer choose(
      HttpServerRequest request,
      HttpServerResponse response,
      Buffer body,
      Supplier<Buffer> shorter) {
    response.putHeader(HttpHeaders.VARY, "accept-encoding");
    if (!isTaken(request.getHeader(HttpHeaders.ACCEPT_ENCODING))) {
      return body;
    }
    response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
    return shorter.get();
  }

  /** The shorter form of a body. */
  static Buffer zip(Buffer body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length() / 4);
    try (GZIPOutputStream out = new Fast(bytes)) {
      out.write(body.getBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return Buffer.buffer(bytes.toByteArray());
  }

  private static boolean isTaken(@Nullable String accepted) {
    if (accepted == null) {
      return false;
    }
    for (String each : accepted.toLowerCase(Locale.ROOT).replace(" ", "").split(",", -1)) {
      if (each.equals("gzip")
          || (each.startsWith("gzip;q=") && !each.matches("gzip;q=0(\\.0*)?"))) {
        return true;
      }
    }
    return false;
  }

  /** It runs on an event loop: speed counts more than the last percent. */
  private static final class Fast extends GZIPOutputStream {
    Fast(ByteArrayOutputStream bytes) throws IOException {
      super(bytes);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
