package io.signalbox.gateway.ledger.postgres;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A statement in PostgreSQL's words.
 *
 * @param sql with {@code $1}, {@code $2} for its parameters
 * @param parameters how many it has
 * @param table what it changes, if it looks at nothing else: such statements on different tables
 *     may be done in any order; null otherwise
 * @param rows how it is said for many rows at once; null if it cannot be
 */
record PgText(String sql, int parameters, @Nullable String table, @Nullable PgRowsText rows) {
  private static final Pattern HINT = Pattern.compile("\\s+INDEXED BY \\w+");
  private static final Pattern CHANGE =
      Pattern.compile("^\\s*(?:INSERT INTO|UPDATE|DELETE FROM)\\s+(\\w+)\\b.*", Pattern.DOTALL);

  /** Translates a statement with {@code ?} or {@code ?1} for its parameters. */
  static PgText of(String text) {
    String plain = HINT.matcher(text).replaceAll("");
    StringBuilder sql = new StringBuilder(plain.length() + 16);
    int count = 0;
    boolean quoted = false;
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      quoted ^= c == '\'';
      if (c != '?' || quoted) {
        sql.append(c);
        continue;
      }
      int end = i + 1;
      while (end < plain.length() && Character.isDigit(plain.charAt(end))) {
        end++;
      }
      int number = end == i + 1 ? count + 1 : Integer.parseInt(plain.substring(i + 1, end));
      count = Math.max(count, number);
      sql.append('$').append(number);
      i = end - 1;
    }
    String translated = sql.toString();
    return new PgText(translated, count, table(translated), PgRowsText.of(translated));
  }

  private static @Nullable String table(String sql) {
    Matcher change = CHANGE.matcher(sql);
    return change.matches() && !sql.contains("SELECT") && !sql.contains("RETURNING")
        ? change.group(1)
        : null;
  }
}
