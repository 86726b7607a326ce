package io.signalbox.gateway.text;

import java.util.Collection;
import java.util.Optional;

/** Finds the known name that a mistyped one was probably meant to be. */
public final class NearestName {
  private static final int LONGEST = 60;

  private NearestName() {}

  /**
   * The known name with the fewest edits to the given one; empty if none is near: within a third of
   * its length, at most three edits.
   */
  public static Optional<String> of(String name, Collection<String> known) {
    if (name.isEmpty() || name.length() > LONGEST) {
      return Optional.empty();
    }
    int limit = Math.min(3, Math.max(1, name.length() / 3));
    String nearest = null;
    int fewest = limit + 1;
    for (String candidate : known) {
      if (Math.abs(candidate.length() - name.length()) < fewest) {
        int edits = edits(name, candidate);
        if (edits < fewest) {
          fewest = edits;
          nearest = candidate;
        }
      }
    }
    return Optional.ofNullable(nearest);
  }

  /** The sentence part that suggests the nearest name; empty if none is near. */
  public static String hint(String name, Collection<String> known) {
    return of(name, known).map(nearest -> "; did you mean " + nearest + "?").orElse("");
  }

  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(above, row[j - 1]) + 1);
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}
