package io.signalbox.loader;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills in the variables of a text: <code>${env:NAME}</code>, <code>${file:/path}</code> and those
 * of the gateway. <code>$${</code> stands for a plain <code>${</code>.
 *
 * <p>One instance for one reading of one provider file: it remembers which files were asked for, so
 * that the provider is renewed when one of them changes.
 */
final class Variables {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*)(}?)");
  private static final Pattern NOTHING_ELSE = Pattern.compile("(?:\\$\\{[^}]+})+");
  private static final Pattern SCHEME = Pattern.compile("^[A-Za-z-]{1,20} +");
  private static final int MAX_FILE_BYTES = 64 << 10;

  private final Function<String, Optional<String>> environment;
  private final Function<String, Optional<String>> others;
  private final Map<Path, Optional<FileStamp>> files = new HashMap<>();

  /** A variable that has no value; the message names it and holds no value of another. */
  static final class UnresolvedException extends Exception {
    private final String reason;

    UnresolvedException(String reason) {
      super(reason);
      this.reason = reason;
    }

    String reason() {
      return reason;
    }
  }

  Variables(
      Function<String, Optional<String>> environment, Function<String, Optional<String>> others) {
    this.environment = environment;
    this.others = others;
  }

  /** The files that were asked for, as they were. */
  Map<Path, Optional<FileStamp>> files() {
    return Map.copyOf(files);
  }

  /**
   * Whether a text is nothing but variables, so that none of what it says stands where it does.
   *
   * @param header whether a word such as {@code Bearer} may stand before them
   */
  static boolean standIn(String text, boolean header) {
    String rest = header ? SCHEME.matcher(text).replaceFirst("") : text;
    return NOTHING_ELSE.matcher(rest).matches();
  }

  /** The text with its variables filled in; values are not looked into again. */
  String resolve(String text) throws UnresolvedException {
    Matcher matcher = VARIABLE.matcher(text);
    StringBuilder resolved = new StringBuilder();
    while (matcher.find()) {
      String name = matcher.group(1);
      String value;
      if (name == null) {
        value = "${";
      } else if (matcher.group(2).isEmpty()) {
        throw new UnresolvedException("has a ${ without its }; write $${ for a plain ${");
      } else {
        value = value(name);
      }
      matcher.appendReplacement(resolved, Matcher.quoteReplacement(value));
    }
    return matcher.appendTail(resolved).toString();
  }

  private String value(String name) throws UnresolvedException {
    if (name.startsWith("env:")) {
      return environment
          .apply(name.substring("env:".length()))
          .orElseThrow(() -> unresolved(name, "the environment variable is not set"));
    }
    if (name.startsWith("file:")) {
      return fileContent(name);
    }
    return others.apply(name).orElseThrow(() -> unresolved(name, "no such variable is known"));
  }

  private String fileContent(String name) throws UnresolvedException {
    try {
      Path file = Path.of(name.substring("file:".length()));
      if (!file.isAbsolute()) {
        throw unresolved(name, "the path must begin with /");
      }
      Optional<FileStamp> stamp = FileStamp.of(file);
      files.put(file, stamp);
      if (stamp.isEmpty()) {
        throw unresolved(name, "there is no such file");
      }
      if (stamp.get().bytes() > MAX_FILE_BYTES) {
        throw unresolved(name, "the file is larger than " + MAX_FILE_BYTES + " bytes");
      }
      return Files.readString(file, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw unresolved(name, "the file cannot be read as UTF-8 text");
    } catch (InvalidPathException e) {
      throw unresolved(name, "that is no path");
    }
  }

  private static UnresolvedException unresolved(String name, String why) {
    return new UnresolvedException("variable ${" + name + "} cannot be resolved: " + why);
  }
}
