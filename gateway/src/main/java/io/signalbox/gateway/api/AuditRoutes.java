package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.ledger.AuditEntry;
import io.signalbox.gateway.ledger.AuditFilter;
import io.signalbox.gateway.ledger.AuditHead;
import io.signalbox.gateway.ledger.AuditLedger;
import io.signalbox.gateway.ledger.AuditRow;
import io.signalbox.gateway.ledger.AuditVerdict;
import io.signalbox.gateway.security.Access;
import io.signalbox.gateway.security.Caller;
import io.signalbox.gateway.text.NearestName;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/audit}: what administrators did, and whether the log of it is whole. */
final class AuditRoutes {
  private static final String PATH = "/api/v1/audit";
  private static final int PAGE = 100;
  private static final int LARGEST_PAGE = 1_000;
  private static final Set<String> FILTERS =
      Set.of("action", "actor", "target", "from", "to", "after", "limit");
  private static final Set<String> OF_VERIFICATION = Set.of("head");

  /** Each reads the whole log; they would hold up other reads. Counted for the whole process. */
  private static final AtomicInteger VERIFICATIONS = new AtomicInteger();

  private final AuditLedger ledger;

  AuditRoutes(ApiServices services) {
    this.ledger = services.auditLog();
  }

  void mount(Router router, Gate gate) {
    router.get(PATH).handler(gate.allow(Access.AUDIT, this::list));
    router.get(PATH + "/head").handler(gate.allow(Access.AUDIT, this::head));
    router.get(PATH + "/verification").handler(gate.allow(Access.AUDIT, this::verify));
  }

  private void list(RoutingContext ctx, Caller caller) {
    MultiMap query = known(ctx, FILTERS);
    String limitText = query.get("limit");
    int limit = limitText == null ? PAGE : DeadLetterQuery.limit(limitText, LARGEST_PAGE);
    String from = query.get("from");
    String to = query.get("to");
    AuditFilter filter =
        new AuditFilter(
            caller.tenant(),
            caller.operates(),
            query.get("action"),
            query.get("actor"),
            query.get("target"),
            from == null ? 0 : DeadLetterQuery.millis("from", from),
            to == null ? Long.MAX_VALUE : DeadLetterQuery.millis("to", to));
    answer(
        ctx,
        ledger
            .auditPage(filter, PageQuery.after(query.get("after")), limit)
            .map(rows -> page(rows, limit)));
  }

  private void head(RoutingContext ctx, Caller caller) {
    answer(ctx, ledger.auditHead().map(AuditRoutes::json));
  }

  private void verify(RoutingContext ctx, Caller caller) {
    String text = known(ctx, OF_VERIFICATION).get("head");
    AuditHead kept =
        text == null
            ? null
            : AuditHead.parse(text)
                .orElseThrow(
                    () ->
                        new GatewayException(
                            422, "head must be a number, a colon and 64 hexadecimal digits"));
    if (!VERIFICATIONS.compareAndSet(0, 1)) {
      throw new GatewayException(503, "the audit log is being verified; try again soon");
    }
    answer(ctx, verified(kept).onComplete(done -> VERIFICATIONS.set(0)).map(AuditVerdict::toJson));
  }

  private Future<AuditVerdict> verified(@Nullable AuditHead kept) {
    return Future.<Void>succeededFuture().compose(now -> ledger.verifyAudit(kept));
  }

  private static MultiMap known(RoutingContext ctx, Set<String> names) {
    for (String name : ctx.queryParams().names()) {
      if (!names.contains(name)) {
        throw new GatewayException(
            422, name + " is not a known parameter" + NearestName.hint(name, names));
      }
    }
    return ctx.queryParams();
  }

  private static void answer(RoutingContext ctx, Future<JsonObject> json) {
    json.onComplete(body -> Answers.json(ctx, 200, body), failure -> Problem.send(ctx, failure));
  }

  private static JsonObject page(List<AuditRow> rows, int limit) {
    JsonArray list = new JsonArray();
    rows.forEach(row -> list.add(json(row)));
    JsonObject page = new JsonObject().put("audit", list);
    if (rows.size() == limit) {
      page.put("next", String.valueOf(rows.get(limit - 1).seq()));
    }
    return page;
  }

  private static JsonObject json(AuditRow row) {
    AuditEntry entry = row.entry();
    JsonObject json =
        new JsonObject()
            .put("seq", row.seq())
            .put("at", TimelineJson.time(entry.atMillis()))
            .put("scope", row.scope())
            .put("tenant", entry.who().tenant())
            .put("actor", entry.who().actor())
            .put("origin", entry.who().origin())
            .put("action", entry.action())
            .put("target", entry.target())
            .put("outcome", entry.outcome())
            .put("detail", entry.detail())
            .put("correlation_id", entry.who().correlationId())
            .put("previous_hash", row.previousHash())
            .put("hash", row.hash());
    if (entry.before() != null) {
      json.put("before", entry.before());
    }
    if (entry.after() != null) {
      json.put("after", entry.after());
    }
    return json;
  }

  private static JsonObject json(AuditHead head) {
    return new JsonObject()
        .put("seq", head.seq())
        .put("hash", head.hash())
        .put("head", head.text());
  }
}
