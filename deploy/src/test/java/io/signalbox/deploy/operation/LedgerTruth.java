package io.signalbox.deploy.operation;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What operators read in the ledger, against the providers' own books. */
final class LedgerTruth {
  private static final String TOTALS =
      "SELECT count(*) AS total, count(*) FILTER (WHERE success) AS successful,"
          + " count(*) FILTER (WHERE success = false) AS failed FROM provider_requests"
          + " WHERE created_at > now() - INTERVAL '24 hours'";

  private static final Set<String> STATUSES = Set.of("healthy", "degraded", "unavailable");

  private final LedgerQueries ledger;
  private final OperationApi kind;
  private final List<String> lies = new ArrayList<>();

  LedgerTruth(LedgerQueries ledger, OperationApi kind) {
    this.ledger = ledger;
    this.kind = kind;
  }

  /**
   * The answers of the queries, and under {@code lies} what they should not say.
   *
   * <p>For a ledger that stands still.
   *
   * @param books of the providers
   * @param made how many clients have a rental or a booking
   */
  JsonObject of(Collection<Sold> books, int made) throws IOException, SQLException {
    List<JsonObject> failures = ledger.file("failure-analysis.sql");
    List<JsonObject> hours = ledger.file("hourly-volume.sql");
    List<JsonObject> endpoints = ledger.file("slowest-endpoints.sql");
    List<JsonObject> health = ledger.file("provider-health.sql");
    List<JsonObject> comparison = ledger.file("provider-comparison.sql");
    JsonObject totals = ledger.ask(TOTALS).get(0);
    expect("failures", sum(failures, "occurrences"), number(totals, "failed"));
    expect("calls by the hour", sum(hours, "total"), number(totals, "total"));
    expect("good calls by the hour", sum(hours, "successful"), number(totals, "successful"));
    expect("calls by endpoint", sum(endpoints, "requests"), number(totals, "total"));
    expect("calls that name too little", number(ledger.ask(nameless()).get(0), "number"), 0);
    expect("calls that did it", done(books), made);
    health(health, comparison);
    return new JsonObject()
        .put("failure_analysis", LedgerQueries.json(failures))
        .put("hourly_volume", LedgerQueries.json(hours))
        .put("slowest_endpoints", LedgerQueries.json(endpoints))
        .put("provider_health", LedgerQueries.json(health))
        .put("provider_comparison", LedgerQueries.json(comparison))
        .put("lies", new JsonArray(lies));
  }

  /** All that a provider has is asked for without naming anything. */
  private String nameless() {
    String nameless =
        kind.namesCountry() ? "(service IS NULL OR country IS NULL)" : "service IS NULL";
    return "SELECT count(*) AS number FROM provider_requests WHERE "
        + nameless
        + " AND request_type <> 'offers'";
  }

  /** Every call that did it stands in the books, with its service and country. */
  private int done(Collection<Sold> books) throws SQLException {
    Map<String, Sold> byId =
        books.stream()
            .collect(Collectors.toMap(sold -> sold.provider() + sold.id(), Function.identity()));
    List<JsonObject> rows =
        ledger.ask(
            "SELECT provider, service, country, rental_id FROM provider_requests"
                + " WHERE request_type = '"
                + kind.doing()
                + "' AND success");
    for (JsonObject row : rows) {
      Sold sold = byId.get(row.getString("provider") + row.getString("rental_id"));
      String what =
          Stream.of(row.getString("country"), row.getString("service"))
              .filter(Objects::nonNull)
              .collect(Collectors.joining(" "));
      if (sold == null || !sold.what().equals(what)) {
        lies.add(kind.doing() + " " + row.encode() + " against " + sold);
      }
    }
    return rows.size();
  }

  /**
   * Every provider is there, its numbers fit together, and both queries, each in an order of its
   * own, say the same. A kill takes the newest two seconds with it, so that they need not be those
   * of the calls.
   */
  private void health(List<JsonObject> health, List<JsonObject> comparison) {
    Map<String, JsonObject> compared =
        comparison.stream()
            .collect(Collectors.toMap(row -> row.getString("provider"), Function.identity()));
    Set<String> names = new HashSet<>();
    for (JsonObject row : health) {
      String provider = row.getString("provider");
      names.add(provider);
      long good = number(row, "successful_requests");
      long total = good + number(row, "failed_requests");
      double rate = Double.parseDouble(row.getString("success_rate"));
      JsonObject same = compared.getOrDefault(provider, new JsonObject());
      boolean fits =
          STATUSES.contains(row.getString("status"))
              && rate >= 0
              && rate <= 100
              && total > 0
              && (good + "/" + total).equals(same.getString("success_total"));
      if (!fits) {
        lies.add("health " + row.encode() + " beside " + same.encode());
      }
    }
    if (!names.equals(Set.copyOf(kind.providers()))) {
      lies.add("health of " + names + " instead of " + kind.providers());
    }
  }

  private void expect(String what, long said, long counted) {
    if (said != counted) {
      lies.add(what + ": " + said + " instead of " + counted);
    }
  }

  private static long sum(List<JsonObject> rows, String column) {
    return rows.stream().mapToLong(row -> number(row, column)).sum();
  }

  private static long number(JsonObject row, String column) {
    return Long.parseLong(row.getString(column));
  }
}
