package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.callback.CallbackEndpoints;
import io.signalbox.gateway.ledger.CallbackEndpoint;
import io.signalbox.gateway.ledger.CallbackForm;
import io.signalbox.gateway.ledger.CallbackFormat;
import io.signalbox.gateway.ledger.CallbackPatch;
import io.signalbox.gateway.ledger.EventFilter;
import io.signalbox.gateway.security.Access;
import io.signalbox.gateway.security.Caller;
import io.signalbox.spi.Secret;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/callbacks}: the endpoints that events are sent to. */
final class CallbackRoutes {
  static final String PATH = "/api/v1/callbacks";
  static final String ONE = PATH + "/:id";
  static final int MAX_BODY_BYTES = 64 << 10;

  private static final Set<String> OF_NEW =
      Set.of("url", "format", "signature_method", "description", "event_types", "secret");
  private static final Set<String> OF_PATCH =
      Set.of("url", "signature_method", "description", "event_types", "enabled");

  private final CallbackEndpoints callbacks;
  private final Clock clock;

  CallbackRoutes(ApiServices services) {
    this.callbacks = services.callbacks();
    this.clock = services.clock();
  }

  void mount(Router router, Gate gate) {
    router.get(PATH).handler(gate.allow(Access.CALLBACKS_READ, this::list));
    router.post(PATH).handler(gate.allow(Access.CALLBACKS_CHANGE, this::add));
    router.get(ONE).handler(gate.allow(Access.CALLBACKS_READ, this::get));
    router.patch(ONE).handler(gate.allow(Access.CALLBACKS_CHANGE, this::change));
    router.delete(ONE).handler(gate.allow(Access.CALLBACKS_CHANGE, this::remove));
    router.post(ONE + "/rotate-secret").handler(gate.allow(Access.CALLBACKS_CHANGE, this::rotate));
    router.post(ONE + "/enable").handler(gate.allow(Access.CALLBACKS_CHANGE, this::enable));
  }

  private void list(RoutingContext ctx, Caller caller) {
    callbacks
        .all(caller.tenant())
        .onComplete(
            all -> Answers.json(ctx, 200, list(all)), failure -> Problem.send(ctx, failure));
  }

  private static JsonObject list(List<CallbackEndpoint> endpoints) {
    JsonArray list = new JsonArray();
    endpoints.forEach(endpoint -> list.add(CallbackJson.write(endpoint)));
    return new JsonObject().put("callbacks", list);
  }

  private void add(RoutingContext ctx, Caller caller) {
    JsonBody.read(ctx, MAX_BODY_BYTES)
        .compose(json -> add(caller.tenant(), json, by(ctx, caller, "create")))
        .onComplete(
            added -> {
              ctx.response().putHeader(HttpHeaders.LOCATION, PATH + "/" + added.id());
              Answers.secret(ctx, 201, CallbackJson.writeWithSecret(added), "secret");
            },
            failure -> Problem.send(ctx, failure));
  }

  /** The endpoints as one act changes them. */
  private CallbackEndpoints by(RoutingContext ctx, Caller caller, String verb) {
    return callbacks.by(Origin.act(ctx, caller, clock, "callback." + verb));
  }

  private Future<CallbackEndpoint> add(String tenant, JsonObject json, CallbackEndpoints by) {
    CallbackBody body = new CallbackBody(json, OF_NEW);
    String url = body.url(callbacks, true);
    CallbackForm form = body.form();
    String description = body.description();
    List<EventFilter> filters = body.filters();
    Secret secret = body.secret(form.format());
    body.check();
    return by.add(
        tenant,
        url == null ? "" : url,
        form,
        description == null || description.isEmpty() ? null : description,
        filters == null ? List.of(EventFilter.ALL) : filters,
        secret);
  }

  private void get(RoutingContext ctx, Caller caller) {
    answer(ctx, callbacks.find(caller.tenant(), id(ctx)));
  }

  private void change(RoutingContext ctx, Caller caller) {
    answer(
        ctx,
        JsonBody.read(ctx, MAX_BODY_BYTES)
            .compose(
                json -> {
                  CallbackPatch patch = patch(json);
                  return by(ctx, caller, "change")
                      .change(caller.tenant(), id(ctx), patch, changeable(ctx, patch));
                }));
  }

  /** Refuses a change of an endpoint that is not as {@code If-Match} says. */
  private static Consumer<CallbackEndpoint> asSeen(RoutingContext ctx) {
    String match = ctx.request().getHeader(HttpHeaders.IF_MATCH);
    return found -> Etags.require(match, CallbackJson.tag(found));
  }

  /** The same, and what has no meaning for an endpoint. */
  private static Consumer<CallbackEndpoint> changeable(RoutingContext ctx, CallbackPatch patch) {
    Consumer<CallbackEndpoint> seen = asSeen(ctx);
    return found -> {
      seen.accept(found);
      if (found.form().perMessage() && patch.url() != null) {
        throw new GatewayException(409, "the endpoint has no address: each message names its own");
      }
      if (found.form().format() != CallbackFormat.VONAGE && patch.signatureMethod() != null) {
        throw new GatewayException(409, "signature_method is of the format vonage alone");
      }
    };
  }

  private CallbackPatch patch(JsonObject json) {
    CallbackBody body = new CallbackBody(json, OF_PATCH);
    CallbackPatch patch =
        new CallbackPatch(
            body.url(callbacks, false),
            body.description(),
            body.filters(),
            body.signatureMethod(),
            body.enabled());
    body.check();
    return patch;
  }

  private void remove(RoutingContext ctx, Caller caller) {
    by(ctx, caller, "remove")
        .remove(caller.tenant(), id(ctx), asSeen(ctx))
        .onComplete(
            removed -> Answers.json(ctx, 200, new JsonObject().put("removed", id(ctx))),
            failure -> Problem.send(ctx, failure));
  }

  private void rotate(RoutingContext ctx, Caller caller) {
    JsonBody.read(ctx, MAX_BODY_BYTES)
        .compose(
            json ->
                by(ctx, caller, "rotate_secret")
                    .rotate(caller.tenant(), id(ctx), secret(json), asSeen(ctx)))
        .onComplete(
            rotated -> Answers.secret(ctx, 200, CallbackJson.writeWithSecret(rotated), "secret"),
            failure -> Problem.send(ctx, failure));
  }

  private static @Nullable Secret secret(JsonObject json) {
    CallbackBody body = new CallbackBody(json, Set.of("secret"));
    Secret secret = body.secret();
    body.check();
    return secret;
  }

  private void enable(RoutingContext ctx, Caller caller) {
    answer(
        ctx,
        by(ctx, caller, "enable")
            .change(caller.tenant(), id(ctx), CallbackPatch.enable(), asSeen(ctx)));
  }

  private static void answer(RoutingContext ctx, Future<CallbackEndpoint> endpoint) {
    endpoint.onComplete(
        found -> Etags.answerWhole(ctx, CallbackJson.tag(found), CallbackJson.write(found)),
        failure -> Problem.send(ctx, failure));
  }

  static String id(RoutingContext ctx) {
    return Answers.pathParam(ctx, "id");
  }
}
