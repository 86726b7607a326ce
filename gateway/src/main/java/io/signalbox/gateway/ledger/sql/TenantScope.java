package io.signalbox.gateway.ledger.sql;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Whose notifications a statement is about.
 *
 * @param only whether it is these tenants' alone; else all but theirs
 * @param tenants of the first kind one
 */
record TenantScope(boolean only, List<String> tenants) {

  /** All of them. */
  static final TenantScope ALL = new TenantScope(false, List.of());

  /** Copies the list. */
  TenantScope {
    tenants = List.copyOf(tenants);
  }

  static TenantScope of(String tenant) {
    return new TenantScope(true, List.of(tenant));
  }

  static TenantScope except(List<String> tenants) {
    return new TenantScope(false, tenants);
  }

  /** What is added to a condition, whose parameters have the numbers from this one on. */
  String condition(int first) {
    if (tenants.isEmpty()) {
      return "";
    }
    String marks =
        IntStream.range(first, first + tenants.size())
            .mapToObj(number -> "?" + number)
            .collect(Collectors.joining(", "));
    return " AND tenant " + (only ? "" : "NOT ") + "IN (" + marks + ")";
  }

  /** Binds the parameters, the first of which has this index. */
  void bind(SqlStatement statement, int first) throws SQLException {
    for (int i = 0; i < tenants.size(); i++) {
      statement.setString(first + i, tenants.get(i));
    }
  }
}
