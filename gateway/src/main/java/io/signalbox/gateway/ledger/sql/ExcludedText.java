package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Decision.Excluded;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The stored form of left-out candidates: a line for each, provider and reason with a tab. */
final class ExcludedText {
  private ExcludedText() {}

  /** Returns null if nobody was left out. */
  static @Nullable String write(List<Excluded> excluded) {
    if (excluded.isEmpty()) {
      return null;
    }
    StringBuilder text = new StringBuilder();
    for (Excluded one : excluded) {
      if (!text.isEmpty()) {
        text.append('\n');
      }
      text.append(one.provider()).append('\t').append(one.reason());
    }
    return text.toString();
  }

  static List<Excluded> read(@Nullable String text) {
    if (text == null) {
      return List.of();
    }
    List<Excluded> excluded = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      int tab = line.indexOf('\t');
      excluded.add(
          tab < 0
              ? new Excluded(line, "")
              : new Excluded(line.substring(0, tab), line.substring(tab + 1)));
    }
    return excluded;
  }
}
