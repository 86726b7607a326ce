package io.signalbox.gateway.api;

import io.signalbox.gateway.api.LiveBoard.Section;
import io.signalbox.gateway.api.LiveStream.Reader;
import io.signalbox.gateway.security.Access;
import io.signalbox.gateway.security.Caller;
import io.signalbox.gateway.security.Role;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * {@code GET /api/v1/events}: what is going on now. As server-sent events where the request accepts
 * them by name, and otherwise once, as JSON.
 */
final class LiveRoutes {
  static final String PATH = "/api/v1/events";

  private static final String EVENT_STREAM = "text/event-stream";

  /** Until a client connects again, in milliseconds. */
  private static final int RETRY = 2_000;

  private final ApiServices services;
  private final LiveBoard board;

  LiveRoutes(ApiServices services, LiveBoard board) {
    this.services = services;
    this.board = board;
  }

  void mount(Router router, Gate gate) {
    router.get(PATH).handler(gate.allow(Access.EVENTS, (ctx, caller) -> answer(ctx, caller, gate)));
  }

  private void answer(RoutingContext ctx, Caller caller, Gate gate) {
    String accept = ctx.request().getHeader(HttpHeaders.ACCEPT);
    if (accept != null && accept.toLowerCase(Locale.ROOT).contains(EVENT_STREAM)) {
      stream(ctx, caller, gate);
      return;
    }
    JsonObject json = new JsonObject().put("caller", describe(caller));
    for (Section section : shownTo(caller)) {
      json.put(section.wireName(), board.section(section));
    }
    Answers.json(ctx, 200, json.put("at", TimelineJson.time(services.clock().millis())));
  }

  private void stream(RoutingContext ctx, Caller caller, Gate gate) {
    HttpServerResponse response = ctx.response();
    Set<Section> shown = shownTo(caller);
    LiveStream stream =
        new LiveStream(
            ctx.vertx().getOrCreateContext(),
            response,
            Reader.of(caller),
            shown,
            () -> gate.again(ctx, Access.EVENTS, caller),
            board::remove);
    boolean head = ctx.request().method().equals(HttpMethod.HEAD);
    if (!head) {
      board.add(stream);
      ctx.addEndHandler(done -> board.remove(stream));
    }
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, EVENT_STREAM)
        // Proxies that gather answers would hold events back.
        .putHeader("x-accel-buffering", "no");
    if (head) {
      Answers.end(ctx, Buffer.buffer());
      return;
    }
    response.setChunked(true).write("retry: " + RETRY + "\n\n");
    stream.write("caller", describe(caller).encode());
    stream.write("history", board.history(shown).encode());
    for (Section section : shown) {
      stream.write(section.wireName(), board.section(section).encode());
    }
  }

  private static JsonObject describe(Caller caller) {
    JsonArray roles = new JsonArray();
    caller.roles().stream().map(Role::wireName).sorted().forEach(roles::add);
    JsonArray may = new JsonArray();
    Stream.of(Access.values())
        .filter(access -> access.allows(caller))
        .forEach(access -> may.add(access.wireName()));
    return new JsonObject()
        .put("subject", caller.subject())
        .put("tenant", caller.tenant())
        .put("roles", roles)
        .put("may", may);
  }

  /** What is shown is what the caller could ask for by the other calls. */
  private static Set<Section> shownTo(Caller caller) {
    EnumSet<Section> shown = EnumSet.of(Section.HEALTH);
    if (Access.PIPELINE_METRICS.allows(caller)) {
      shown.add(Section.FLOW);
    }
    if (Access.PROVIDERS_READ.allows(caller)) {
      shown.add(Section.PROVIDERS);
    }
    return shown;
  }
}
