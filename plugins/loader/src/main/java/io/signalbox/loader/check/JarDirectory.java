package io.signalbox.loader.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/** A jar's table of contents: how many entries, how large, and under which names. */
final class JarDirectory {
  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);
  private static final Pattern UP = Pattern.compile("(?:.*/)?\\.\\.(?:/.*)?", Pattern.DOTALL);

  private JarDirectory() {}

  /** All entries, if there is nothing wrong with the table. */
  static List<JarEntry> checked(JarFile file, long fileBytes, JarLimits limits)
      throws PluginRefusedException {
    limits.refuseCount(file.size());
    List<JarEntry> entries = new ArrayList<>(file.size());
    Set<String> names = new HashSet<>();
    long unpacked = 0;
    for (JarEntry entry : listed(file)) {
      refuseName(entry.getName());
      if (!names.add(entry.getName())) {
        throw new PluginRefusedException(
            "holds the entry "
                + entry.getName()
                + " twice, so that nobody knows which one counts; build it anew");
      }
      unpacked += Math.max(0, entry.getSize());
      limits.refuseUnpacked(unpacked, fileBytes);
      entries.add(entry);
    }
    return entries;
  }

  private static List<JarEntry> listed(JarFile file) throws PluginRefusedException {
    try {
      return Collections.list(file.entries());
    } catch (IllegalArgumentException e) {
      // Names are checked when a jar is opened, comments are not before they are read.
      throw new PluginRefusedException(
          "is no complete jar: its table of contents has a comment that is no UTF-8; copy it again",
          e);
    }
  }

  private static void refuseName(String name) throws PluginRefusedException {
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw new PluginRefusedException(
          "holds an entry with a control character in its name; build it anew with a jar tool");
    }
    if (name.startsWith("/")
        || name.indexOf('\\') >= 0
        || DRIVE.matcher(name).matches()
        || UP.matcher(name).matches()) {
      throw new PluginRefusedException(
          "holds the entry "
              + name
              + ", a path that leads out of a folder; names in a jar are relative, with / and"
              + " without ..");
    }
  }
}
