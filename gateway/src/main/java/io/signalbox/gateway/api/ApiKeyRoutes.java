package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.ledger.ApiKey;
import io.signalbox.gateway.ledger.ApiKeyLedger;
import io.signalbox.gateway.ledger.ApiKeyLedger.Rotation;
import io.signalbox.gateway.ledger.AuditEntry;
import io.signalbox.gateway.security.Access;
import io.signalbox.gateway.security.ApiKeyText;
import io.signalbox.gateway.security.Caller;
import io.signalbox.gateway.security.Scopes;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/api-keys}: credentials of applications, made, replaced and taken back. */
final class ApiKeyRoutes {
  private static final String PATH = "/api/v1/api-keys";
  private static final int MAX_BODY_BYTES = 16 * 1024;

  private final ApiServices services;
  private final ApiKeyLedger ledger;
  private final SecureRandom random = new SecureRandom();

  ApiKeyRoutes(ApiServices services) {
    this.services = services;
    this.ledger = services.apiKeys();
  }

  void mount(Router router, Gate gate) {
    router.get(PATH).handler(gate.allow(Access.API_KEYS_READ, this::list));
    router.post(PATH).handler(gate.allow(Access.API_KEYS_CHANGE, this::add));
    router.post(PATH + "/:id/rotate").handler(gate.allow(Access.API_KEYS_CHANGE, this::rotate));
    router.delete(PATH + "/:id").handler(gate.allow(Access.API_KEYS_CHANGE, this::remove));
  }

  private void list(RoutingContext ctx, Caller caller) {
    ledger
        .apiKeys(caller.tenant())
        .map(
            keys -> {
              JsonArray list = new JsonArray();
              keys.forEach(key -> list.add(json(key)));
              return new JsonObject().put("api_keys", list);
            })
        .onComplete(body -> Answers.json(ctx, 200, body), failure -> Problem.send(ctx, failure));
  }

  private void add(RoutingContext ctx, Caller caller) {
    JsonBody.read(ctx, MAX_BODY_BYTES)
        .compose(body -> add(ctx, caller, body))
        .onComplete(
            body -> {
              ctx.response().putHeader(HttpHeaders.LOCATION, PATH + "/" + body.getString("id"));
              Answers.secret(ctx, 201, body, "key");
            },
            failure -> Problem.send(ctx, failure));
  }

  private Future<JsonObject> add(RoutingContext ctx, Caller caller, JsonObject json) {
    ApiKeyBody body =
        new ApiKeyBody(
            json, Set.of("name", "roles", "scopes", "per_day", "per_month", "expires_at"));
    long now = services.clock().millis();
    String id = ApiKeyText.newId(random);
    String text = ApiKeyText.newKey(id, random);
    List<String> roles = body.roles();
    List<String> scopes = body.scopes(roles);
    ApiKey key =
        new ApiKey(
            id,
            caller.tenant(),
            body.name(),
            roles,
            scopes,
            body.quota(),
            ApiKeyText.hash(text),
            null,
            now,
            caller.actor(),
            null,
            body.expiresAt(now),
            null);
    body.check();
    withoutQuota(caller);
    withinOwn(caller, scopes);
    String after = json(key).encode();
    return ledger
        .addApiKey(key, line(ctx, caller, now, "api_key.create", id, after))
        .compose(
            added ->
                added
                    ? Future.succeededFuture(json(key).put("key", text))
                    : Future.failedFuture(
                        new GatewayException(
                            409,
                            "there are "
                                + ApiKeyLedger.MAX_API_KEYS
                                + " API keys; take one back first")));
  }

  private void rotate(RoutingContext ctx, Caller caller) {
    String id = Answers.pathParam(ctx, "id");
    JsonBody.read(ctx, MAX_BODY_BYTES)
        .compose(json -> rotate(ctx, caller, id, json))
        .onComplete(
            body -> Answers.secret(ctx, 200, body, "key"), failure -> Problem.send(ctx, failure));
  }

  private Future<JsonObject> rotate(RoutingContext ctx, Caller caller, String id, JsonObject json) {
    ApiKeyBody body = new ApiKeyBody(json, Set.of("overlap_seconds"));
    long now = services.clock().millis();
    Long until = body.previousUntil(now);
    body.check();
    if (!ApiKeyText.isId(id)) {
      return Future.failedFuture(unknown());
    }
    String text = ApiKeyText.newKey(id, random);
    return mayHave(caller, id)
        .compose(
            yes ->
                ledger.rotateApiKey(
                    caller.tenant(),
                    id,
                    ApiKeyText.hash(text),
                    until,
                    line(ctx, caller, now, "api_key.rotate", id, null)))
        // It may be rotated also if the ledger's answer was lost.
        .onComplete(done -> services.identity().forgetApiKey(id))
        .map(rotation -> json(rotated(rotation)).put("key", text));
  }

  /** Who is narrowed gets no key with more rights, neither a new one nor another's new secret. */
  private static void withinOwn(Caller caller, List<String> scopes) {
    Scopes wanted = scopes.isEmpty() ? Scopes.ALL : Scopes.of(scopes);
    if (!caller.scopes().cover(wanted)) {
      throw new GatewayException(
          403, "a credential that has scopes can only make and rotate keys within its own scopes");
    }
  }

  /** Who has a quota gets no other key, which would send beside it. */
  private static void withoutQuota(Caller caller) {
    if (caller.allowance() != null) {
      throw new GatewayException(
          403, "an API key that has a quota can make no keys and rotate none but itself");
    }
  }

  /** What a key is narrowed to never changes, so that it may be looked at before. */
  private Future<Void> mayHave(Caller caller, String id) {
    Caller.Allowance allowance = caller.allowance();
    if (allowance == null || !allowance.key().equals(id)) {
      withoutQuota(caller);
    }
    if (caller.scopes().unbounded()) {
      return Future.succeededFuture();
    }
    return ledger
        .apiKey(id)
        .map(
            found -> {
              found
                  .filter(key -> key.tenant().equals(caller.tenant()))
                  .ifPresent(key -> withinOwn(caller, key.scopes()));
              return null;
            });
  }

  private static ApiKey rotated(Rotation rotation) {
    if (rotation instanceof Rotation.Done done) {
      return done.key();
    }
    if (rotation instanceof Rotation.Overlapping earlier) {
      throw new GatewayException(
          409,
          "the key before the last rotation still counts until "
              + TimelineJson.time(earlier.untilMillis())
              + " and would end now; say so by overlap_seconds: 0, or wait");
    }
    throw unknown();
  }

  private void remove(RoutingContext ctx, Caller caller) {
    String id = Answers.pathParam(ctx, "id");
    long now = services.clock().millis();
    ledger
        .removeApiKey(caller.tenant(), id, line(ctx, caller, now, "api_key.revoke", id, null))
        .onComplete(
            removed -> {
              services.identity().forgetApiKey(id);
              if (removed) {
                Answers.json(ctx, 200, new JsonObject().put("id", id).put("removed", true));
              } else {
                Problem.send(ctx, unknown());
              }
            },
            failure -> {
              // It may be gone all the same.
              services.identity().forgetApiKey(id);
              Problem.send(ctx, failure);
            });
  }

  private static AuditEntry line(
      RoutingContext ctx,
      Caller caller,
      long now,
      String action,
      String id,
      @Nullable String after) {
    return new AuditEntry(now, Origin.of(ctx, caller), action, id, null, after, "done", "");
  }

  private static GatewayException unknown() {
    return new GatewayException(404, "there is no API key of that id");
  }

  private static JsonObject json(ApiKey key) {
    JsonObject json =
        new JsonObject()
            .put("id", key.id())
            .put("prefix", ApiKeyText.PREFIX + key.id())
            .put("name", key.name())
            .put("roles", new JsonArray(key.roles()))
            .put("created_at", TimelineJson.time(key.createdAtMillis()))
            .put("created_by", key.createdBy());
    if (!key.scopes().isEmpty()) {
      json.put("scopes", new JsonArray(key.scopes()));
    }
    count(json, "per_day", key.quota().perDay());
    count(json, "per_month", key.quota().perMonth());
    time(json, "rotated_at", key.rotatedAtMillis());
    ApiKey.Previous previous = key.previous();
    time(json, "previous_until", previous == null ? null : (Long) previous.untilMillis());
    time(json, "expires_at", key.expiresAtMillis());
    time(json, "last_used_at", key.lastUsedAtMillis());
    return json;
  }

  private static void count(JsonObject json, String field, long limit) {
    if (limit > 0) {
      json.put(field, limit);
    }
  }

  private static void time(JsonObject json, String field, @Nullable Long millis) {
    if (millis != null) {
      json.put(field, TimelineJson.time(millis));
    }
  }
}
