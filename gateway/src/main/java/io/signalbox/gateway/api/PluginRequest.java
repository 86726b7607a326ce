package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.plugins.Change.Order;
import io.signalbox.gateway.security.Caller;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a request to change a plugin says beside its body. */
final class PluginRequest {
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern TAG = Pattern.compile("\"([0-9a-f]{64})\"");
  private static final Pattern DIGEST =
      Pattern.compile("(?:^|,)\\s*sha-256=:([A-Za-z0-9+/]{43}=):");

  private PluginRequest() {}

  /**
   * Who wants which plugin changed, and what must be there for that.
   *
   * @throws GatewayException of status 422 if a header is malformed
   */
  static Order order(RoutingContext ctx, Caller caller) {
    MultiMap headers = ctx.request().headers();
    String none = headers.get("if-none-match");
    if (none != null && !none.strip().equals("*")) {
      throw new GatewayException(422, "If-None-Match must be *, for a plugin that must be new");
    }
    return new Order(
        Answers.pathParam(ctx, "name"),
        Origin.of(ctx, caller),
        present(headers.get("if-match")),
        none != null);
  }

  private static @Nullable String present(@Nullable String header) {
    if (header == null) {
      return null;
    }
    Matcher tag = TAG.matcher(header.strip());
    if (!tag.matches()) {
      throw new GatewayException(
          422, "If-Match must be the ETag of the plugin: its SHA-256 in lower-case hex, in quotes");
    }
    return tag.group(1);
  }

  /** The SHA-256 that the header {@code Content-Digest} (RFC 9530) promises; null without one. */
  static @Nullable String digest(RoutingContext ctx) {
    String header = ctx.request().getHeader("content-digest");
    if (header == null) {
      return null;
    }
    Matcher digest = DIGEST.matcher(header);
    if (!digest.find()) {
      throw new GatewayException(
          422, "Content-Digest must be sha-256=:BASE64: with the 32 bytes of the body's SHA-256");
    }
    return HexFormat.of().formatHex(Base64.getDecoder().decode(digest.group(1)));
  }

  /** The jar that a rollback names; null if it names none. */
  static @Nullable String target(JsonObject body) {
    for (String name : body.fieldNames()) {
      if (!name.equals("sha256")) {
        throw new GatewayException(422, name + " is not known here; the only field is sha256");
      }
    }
    Object value = body.getValue("sha256");
    if (value == null) {
      return null;
    }
    if (value instanceof String text && SHA_256.matcher(text).matches()) {
      return text;
    }
    throw new GatewayException(
        422, "sha256 must be the SHA-256 of a previous jar, 64 hex digits in lower case");
  }
}
