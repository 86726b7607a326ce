package io.signalbox.loader.check;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a class stands in a jar.
 *
 * @param entry the entry's name
 * @param path the class's own path, with slashes and without its extension, as the entry says
 * @param release the release of Java that it is for, in a jar for several; 0 if for all
 */
record ClassEntry(String entry, String path, int release) {
  private static final Pattern PATTERN =
      Pattern.compile("(?:META-INF/versions/(?<release>\\d{1,6})/)?(?<path>.+)\\.class");

  /** Reads an entry's name; empty if it is no class's. */
  static Optional<ClassEntry> of(String entry) {
    Matcher matcher = PATTERN.matcher(entry);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String release = matcher.group("release");
    return Optional.of(
        new ClassEntry(
            entry, matcher.group("path"), release == null ? 0 : Integer.parseInt(release)));
  }

  /** The class's name as the entry says, with dots. */
  String type() {
    return path.replace('/', '.');
  }
}
