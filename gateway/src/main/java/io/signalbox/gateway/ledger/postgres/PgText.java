package io.signalbox.gateway.ledger.postgres;

import java.util.ArrayList;
import java.util.List;
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
 * @param insert its parts if it inserts one row of values; null otherwise
 */
record PgText(String sql, int parameters, @Nullable String table, @Nullable Insert insert) {
  private static final Pattern HINT = Pattern.compile("\\s+INDEXED BY \\w+");
  private static final Pattern CHANGE =
      Pattern.compile("^\\s*(?:INSERT INTO|UPDATE|DELETE FROM)\\s+(\\w+)\\b.*", Pattern.DOTALL);
  private static final Pattern INSERT =
      Pattern.compile(
          "^\\s*(INSERT INTO \\w+ \\([^)]*\\))\\s+VALUES \\(([^()]*)\\)(\\s+ON CONFLICT DO NOTHING)?\\s*$",
          Pattern.DOTALL);

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
    return new PgText(translated, count, table(translated), Insert.of(translated));
  }

  private static @Nullable String table(String sql) {
    Matcher change = CHANGE.matcher(sql);
    return change.matches() && !sql.contains("SELECT") && !sql.contains("RETURNING")
        ? change.group(1)
        : null;
  }

  /**
   * An INSERT of one row, from which one of many rows is made: its parameters are then arrays.
   *
   * @param head up to its columns
   * @param values what stands in parentheses
   * @param tail what follows
   */
  record Insert(String head, String values, String tail) {
    private static final Pattern PARAMETER = Pattern.compile("\\$(\\d+)");

    static @Nullable Insert of(String sql) {
      Matcher found = INSERT.matcher(sql);
      return found.matches()
          ? new Insert(found.group(1), found.group(2), found.group(3) == null ? "" : found.group(3))
          : null;
    }

    /** The statement for many rows, given the array type of each parameter. */
    String ofRows(List<PgKind> kinds) {
      List<String> arrays = new ArrayList<>();
      List<String> names = new ArrayList<>();
      for (int i = 1; i <= kinds.size(); i++) {
        arrays.add("$" + i + "::" + kinds.get(i - 1).arrayType());
        names.add("p" + i);
      }
      return head
          + " SELECT "
          + PARAMETER.matcher(values).replaceAll("u.p$1")
          + " FROM unnest("
          + String.join(", ", arrays)
          + ") WITH ORDINALITY AS u("
          + String.join(", ", names)
          + ", place) ORDER BY u.place"
          + tail;
    }
  }
}
