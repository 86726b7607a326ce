package io.signalbox.gateway.api;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request's head must be besides what the decoder asks for: a head that two servers could
 * read in two ways is refused, for a proxy in front may have read it in the other one. Pure.
 */
final class HeadRules {
  private HeadRules() {}

  /**
   * Looks at a head.
   *
   * @param mostHeaders how many headers it may have
   * @return what is wrong; null if nothing is
   */
  static @Nullable Refusal check(HttpServerRequest request, int mostHeaders) {
    int headers = 0;
    int hosts = 0;
    int lengths = 0;
    int encodings = 0;
    boolean chunked = true;
    boolean socket = false;
    boolean nameless = false;
    for (Map.Entry<String, String> header : request.headers()) {
      headers++;
      String name = header.getKey();
      // By length first: names are compared for each header of each request.
      switch (name.length()) {
        case 0 -> nameless = true;
        case 4 -> hosts += name.equalsIgnoreCase("host") ? 1 : 0;
        case 7 -> socket |= name.equalsIgnoreCase("upgrade") && isWebSocket(header.getValue());
        case 14 -> lengths += name.equalsIgnoreCase("content-length") ? 1 : 0;
        case 17 -> {
          if (name.equalsIgnoreCase("transfer-encoding")) {
            encodings++;
            chunked &= header.getValue().trim().equalsIgnoreCase("chunked");
          }
        }
        default -> {
          // Says nothing of where the request ends or whom it is for.
        }
      }
    }
    if (headers > mostHeaders) {
      return new Refusal(431, "the request has more than " + mostHeaders + " headers");
    }
    if (request.version() == HttpVersion.HTTP_2) {
      return null;
    }
    boolean old = request.version() == HttpVersion.HTTP_1_0;
    if (hosts > 1 || (hosts == 0 && !old)) {
      return new Refusal(400, "the request must have the header Host once");
    }
    if (encodings > 1 || !chunked || (encodings == 1 && (old || lengths > 0))) {
      return new Refusal(
          400, "Transfer-Encoding must be chunked, in HTTP/1.1, without Content-Length");
    }
    if (nameless) {
      return new Refusal(400, "every header must have a name");
    }
    return socket ? new Refusal(400, "there are no WebSockets here") : null;
  }

  /** Other upgrades may be passed over (RFC 9110, 7.8): only an answer 101 would make them true. */
  private static boolean isWebSocket(String upgrade) {
    return upgrade.toLowerCase(Locale.ROOT).contains("websocket");
  }

  /**
   * Why a request is refused.
   *
   * @param status of the answer
   * @param detail for the client
   */
  record Refusal(int status, String detail) {}
}
