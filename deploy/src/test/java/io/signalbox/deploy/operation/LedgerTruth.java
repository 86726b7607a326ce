package io.signalbox.deploy.operation;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What operators read in the ledger, against the providers' own books. */
final class LedgerTruth {
  private static final String DONE =
      "SELECT provider, service, country, rental_id FROM provider_requests"
          + " WHERE request_type = 'rent' AND success";

  /** All that a provider has is asked for without naming anything. */
  private static final String NAMELESS =
      "SELECT count(*) AS number FROM provider_requests"
          + " WHERE (service IS NULL OR country IS NULL) AND request_type <> 'offers'";

  private static final String TOTALS =
      "SELECT count(*) AS total, count(*) FILTER (WHERE success) AS successful,"
          + " count(*) FILTER (WHERE success = false) AS failed FROM provider_requests"
          + " WHERE created_at > now() - INTERVAL '24 hours'";

  private final LedgerQueries ledger;
  private final List<String> lies = new ArrayList<>();

  LedgerTruth(LedgerQueries ledger) {
    this.ledger = ledger;
  }

  /**
   * The answers of the queries, and under {@code lies} what they should not say.
   *
   * <p>For a ledger that stands still.
   *
   * @param books of the providers
   * @param rented how many clients have a rental
   */
  JsonObject of(Collection<Sold> books, int rented) throws IOException, SQLException {
    List<JsonObject> failures = ledger.file("failure-analysis.sql");
    List<JsonObject> hours = ledger.file("hourly-volume.sql");
    List<JsonObject> endpoints = ledger.file("slowest-endpoints.sql");
    JsonObject totals = ledger.ask(TOTALS).get(0);
    expect("failures", sum(failures, "occurrences"), number(totals, "failed"));
    expect("calls by the hour", sum(hours, "total"), number(totals, "total"));
    expect("good calls by the hour", sum(hours, "successful"), number(totals, "successful"));
    expect("calls by endpoint", sum(endpoints, "requests"), number(totals, "total"));
    expect("calls without service or country", number(ledger.ask(NAMELESS).get(0), "number"), 0);
    expect("rents that were done", done(books), rented);
    return new JsonObject()
        .put("failure_analysis", LedgerQueries.json(failures))
        .put("hourly_volume", LedgerQueries.json(hours))
        .put("slowest_endpoints", LedgerQueries.json(endpoints))
        .put("lies", new JsonArray(lies));
  }

  /** Every rent that was done stands in the books, with its service and country. */
  private int done(Collection<Sold> books) throws SQLException {
    Map<String, Sold> byId =
        books.stream()
            .collect(Collectors.toMap(sold -> sold.provider() + sold.id(), Function.identity()));
    List<JsonObject> rows = ledger.ask(DONE);
    for (JsonObject row : rows) {
      Sold sold = byId.get(row.getString("provider") + row.getString("rental_id"));
      String what = row.getString("country") + " " + row.getString("service");
      if (sold == null || !sold.what().equals(what)) {
        lies.add("rent " + row.encode() + " against " + sold);
      }
    }
    return rows.size();
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
