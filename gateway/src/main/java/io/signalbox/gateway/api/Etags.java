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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Entity tags of what is configured (RFC 9110): who changes it sees whether somebody was first. */
final class Etags {
  private static final int BYTES = 15;
  private static final Set<String> READS = Set.of("GET", "HEAD");

  private Etags() {}

  /** The tag of what people can change of something, equal as long as that is equal. */
  static String of(JsonObject configured) {
    byte[] digest = Sha256.of(configured.toBuffer().getBytes());
    byte[] part = Arrays.copyOf(digest, BYTES);
    return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(part) + '"';
  }

  /** Answers with a tag of all that is answered; without the body where the client has that. */
  static void answer(RoutingContext ctx, String tag, JsonObject body) {
    String known = ctx.request().getHeader(HttpHeaders.IF_NONE_MATCH);
    boolean same = known != null && (names(known, tag) || names(known, "W/" + tag));
    if (same && READS.contains(ctx.request().method().name())) {
      ctx.response().putHeader(HttpHeaders.ETAG, tag).setStatusCode(304);
      Answers.end(ctx, Buffer.buffer());
    } else {
      answerWhole(ctx, tag, body);
    }
  }

  /**
   * The same where the tag is of what people can change, not of all that is answered, such as since
   * when an endpoint fails: so it serves for {@code If-Match}, and nobody is answered with 304.
   */
  static void answerWhole(RoutingContext ctx, String tag, JsonObject body) {
    ctx.response().putHeader(HttpHeaders.ETAG, tag);
    Answers.json(ctx, 200, body);
  }

  /**
   * Looks whether a change is wanted of what is there. Without {@code If-Match} it always is: a
   * merge patch leaves alone what it does not name.
   *
   * @param header {@code If-Match}; null without one
   * @throws GatewayException of status 412 if it is not
   */
  static void require(@Nullable String header, String tag) {
    if (header != null && !names(header, tag)) {
      throw new GatewayException(
          412, "If-Match names another state: somebody else has changed it; read it again");
    }
  }

  /** A weak tag is another one: it names nothing that is to be changed. */
  private static boolean names(String header, String tag) {
    List<String> tags = Arrays.stream(header.split(",", -1)).map(String::strip).toList();
    return tags.contains("*") || tags.contains(tag);
  }
}
