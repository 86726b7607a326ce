package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.ledger.Addressee;
import io.signalbox.gateway.ledger.FoundNotification;
import io.signalbox.gateway.ledger.LedgerReports;
import io.signalbox.gateway.ledger.NotificationFilter;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.security.Access;
import io.signalbox.gateway.security.Caller;
import io.signalbox.spi.Channel;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/v1/notifications}: a search, newest first. It can be posted to {@code
 * /api/v1/notifications/search}, because proxies keep queries in their logs.
 */
final class SearchRoutes {
  private static final int MAX_BODY_BYTES = 64 << 10;
  private static final int PAGE = 100;
  private static final int LARGEST_PAGE = 1_000;

  private final LedgerReports reports;

  SearchRoutes(ApiServices services) {
    this.reports = services.reports();
  }

  void mount(Router router, Gate gate) {
    router.get(SendRoutes.NOTIFICATIONS).handler(gate.allow(Access.SEARCH, this::search));
    router
        .post(SendRoutes.NOTIFICATIONS + "/search")
        .handler(gate.allow(Access.SEARCH, this::posted));
  }

  private void search(RoutingContext ctx, Caller caller) {
    answer(ctx, found(caller, NamedTexts.of(ctx.queryParams())));
  }

  private void posted(RoutingContext ctx, Caller caller) {
    answer(
        ctx,
        JsonBody.read(ctx, MAX_BODY_BYTES).compose(body -> found(caller, NamedTexts.of(body))));
  }

  private static void answer(RoutingContext ctx, Future<JsonObject> page) {
    page.onComplete(json -> Answers.json(ctx, 200, json), failure -> Problem.send(ctx, failure));
  }

  /** What the filters may be the document has said. */
  private Future<JsonObject> found(Caller caller, Map<String, String> given) {
    String limit = given.get("limit");
    return reports
        .search(
            filter(caller.tenant(), given),
            PageQuery.after(given.get("after")),
            limit == null ? PAGE : DeadLetterQuery.limit(limit, LARGEST_PAGE))
        .map(SearchRoutes::page);
  }

  private static NotificationFilter filter(String tenant, Map<String, String> given) {
    String state = given.get("state");
    String channel = given.get("channel");
    String recipient = given.get("recipient");
    return new NotificationFilter(
        tenant,
        state == null ? null : NotificationState.find(state).orElseThrow(SearchRoutes::unknown),
        channel == null ? null : Channel.find(channel).orElseThrow(SearchRoutes::unknown),
        given.get("provider"),
        recipient == null ? null : Addressee.normal(recipient),
        millis(given, "accepted_after", 0),
        millis(given, "accepted_before", Long.MAX_VALUE));
  }

  private static GatewayException unknown() {
    return new GatewayException(422, "a filter has a value that is not known");
  }

  private static long millis(Map<String, String> given, String name, long fallback) {
    String text = given.get(name);
    return text == null ? fallback : DeadLetterQuery.millis(name, text);
  }

  private static JsonObject page(FoundNotification.Page page) {
    JsonArray list = new JsonArray();
    page.found().forEach(found -> list.add(json(found)));
    JsonObject json = new JsonObject().put("notifications", list);
    Long next = page.next();
    return next == null ? json : json.put("next", next.toString());
  }

  private static JsonObject json(FoundNotification found) {
    JsonObject json =
        new JsonObject()
            .put("id", found.id().toString())
            .put("notification_type", found.type())
            .put("channel", found.channel().wireName())
            .put("priority", found.priority().wireName())
            .put("state", found.state().wireName())
            .put("attempts", found.attempts())
            .put("accepted_at", TimelineJson.time(found.acceptedAtMillis()))
            .put("updated_at", TimelineJson.time(found.updatedAtMillis()));
    text(json, "reason", found.reason());
    text(json, "last_provider", found.lastProvider());
    return json;
  }

  private static void text(JsonObject json, String name, @Nullable String text) {
    if (text != null) {
      json.put(name, text);
    }
  }
}
