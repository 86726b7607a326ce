package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.ApiKeyLedger;
import io.signalbox.gateway.ledger.QuotaLedger.Use;
import io.signalbox.gateway.ledger.QuotaLedger.Whose;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads what is used of quotas. */
final class QuotaReader {
  private final SqlStatement ofTenant;

  QuotaReader(SqlConnection connection) throws SQLException {
    ofTenant =
        connection.prepare(
            "SELECT api_key, used FROM quota_uses WHERE tenant = ? AND period = ?"
                + " ORDER BY api_key LIMIT "
                + (ApiKeyLedger.MAX_API_KEYS + 1));
  }

  List<Use> of(String tenant, String period) throws SQLException {
    ofTenant.setString(1, tenant);
    ofTenant.setString(2, period);
    List<Use> found = new ArrayList<>();
    try (SqlRows row = ofTenant.query()) {
      while (row.next()) {
        found.add(new Use(new Whose(tenant, row.getString(1), period), row.getLong(2)));
      }
    }
    return found;
  }
}
