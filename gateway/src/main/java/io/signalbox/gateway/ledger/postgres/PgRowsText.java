package io.signalbox.gateway.ledger.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A statement on one row, from which one on many rows is made: its parameters are then arrays.
 *
 * @param head what stands before the rows, with {@code $1}, {@code $2} for their values
 * @param tail what follows them, likewise
 * @param update whether it changes rows that are there; each of them must be meant only once
 */
record PgRowsText(String head, String tail, boolean update) {
  private static final Pattern PARAMETER = Pattern.compile("\\$(\\d+)");
  private static final Pattern INSERT =
      Pattern.compile(
          "^\\s*(INSERT INTO \\w+ \\([^)]*\\))\\s+VALUES \\(([^()]*)\\)(\\s+ON CONFLICT DO NOTHING)?\\s*$",
          Pattern.DOTALL);

  /** Of rows that are found by what they have in some columns, and by nothing else. */
  private static final Pattern UPDATE =
      Pattern.compile(
          "^\\s*(UPDATE \\w+ SET .*?)\\s+(WHERE \\w+ = \\$\\d+(?:\\s+AND \\w+ = \\$\\d+)*)\\s*$",
          Pattern.DOTALL);

  /** Of a statement with {@code $1}, {@code $2} for its parameters; null if it cannot be. */
  static @Nullable PgRowsText of(String sql) {
    Matcher insert = INSERT.matcher(sql);
    if (insert.matches()) {
      String tail = insert.group(3) == null ? "" : insert.group(3);
      return new PgRowsText(
          insert.group(1) + " SELECT " + insert.group(2), " ORDER BY u.place" + tail, false);
    }
    Matcher update = UPDATE.matcher(sql);
    return update.matches() && !sql.contains("SELECT") && !sql.contains(" FROM ")
        ? new PgRowsText(update.group(1), " " + update.group(2), true)
        : null;
  }

  /** The statement for many rows, given the kind of each parameter. */
  String ofRows(List<PgKind> kinds) {
    List<String> arrays = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= kinds.size(); i++) {
      arrays.add("$" + i + "::" + kinds.get(i - 1).arrayType());
      names.add("p" + i);
    }
    return named(head)
        + " FROM unnest("
        + String.join(", ", arrays)
        + ") WITH ORDINALITY AS u("
        + String.join(", ", names)
        + ", place)"
        + named(tail);
  }

  private static String named(String part) {
    return PARAMETER.matcher(part).replaceAll("u.p$1");
  }
}
