package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.ledger.Sha256;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Entity tags of what is configured (RFC 9110): who changes it sees whether somebody was first. */
final class Etags {
  private static final int BYTES = 15;

  private Etags() {}

  /** The tag of what people can change of something, equal as long as that is equal. */
  static String of(JsonObject configured) {
    byte[] digest = Sha256.of(configured.toBuffer().getBytes());
    byte[] part = Arrays.copyOf(digest, BYTES);
    return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(part) + '"';
  }

  /** Answers with a tag; without the body where the client has that already. */
  static void answer(RoutingContext ctx, String tag, JsonObject body) {
    ctx.response().putHeader(HttpHeaders.ETAG, tag);
    if (names(ctx.request().getHeader(HttpHeaders.IF_NONE_MATCH), tag, true)
        && ctx.request().method().name().equals("GET")) {
      ctx.response().setStatusCode(304);
      Answers.end(ctx, Buffer.buffer());
    } else {
      Answers.json(ctx, 200, body);
    }
  }

  /**
   * Looks whether a change is wanted of what is there. Without {@code If-Match} it always is: a
   * merge patch leaves alone what it does not name.
   *
   * @param header {@code If-Match}; null without one
   * @throws GatewayException of status 412 if it is not
   */
  static void require(@Nullable String header, String tag) {
    if (header != null && !names(header, tag, false)) {
      throw new GatewayException(
          412, "If-Match names another state: somebody else has changed it; read it again");
    }
  }

  /** A weak tag is as good as a strong one only where nothing is changed. */
  private static boolean names(@Nullable String header, String tag, boolean weak) {
    if (header == null) {
      return false;
    }
    List<String> tags = Arrays.stream(header.split(",", -1)).map(String::strip).toList();
    return tags.contains("*") || tags.contains(tag) || (weak && tags.contains("W/" + tag));
  }
}
