package io.signalbox.gateway.cli;

import io.signalbox.gateway.cli.board.Paint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/** Whether a person looks at the output. Java's own answer changed its meaning with JDK 22. */
final class Terminal {
  private static final Path STDOUT = Path.of("/proc/self/fd/1");
  private static final Path STDERR = Path.of("/proc/self/fd/2");

  private Terminal() {}

  /** Whether stdout is a terminal; false where the system does not tell. */
  static boolean isStdout() {
    return is(STDOUT);
  }

  /** Whether stderr is a terminal; false where the system does not tell. */
  static boolean isStderr() {
    return is(STDERR);
  }

  /** Whether what was written last could not be: whoever read it has ended, such as head -1. */
  @AllowForbidden("only asked, not written to: no writer around it is told")
  static boolean isStdoutGone() {
    return System.out.checkError();
  }

  private static boolean is(Path stream) {
    try {
      String target = Files.readSymbolicLink(stream).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /** Whether a terminal can do more than show one line after another. */
  static boolean isClever(Map<String, String> environment) {
    String kind = environment.getOrDefault("TERM", "");
    return !kind.isEmpty() && !"dumb".equals(kind);
  }

  /** Colours, if stdout shows them and the user has nothing against them (no-color.org). */
  static Paint paint(Map<String, String> environment) {
    boolean wanted = environment.getOrDefault("NO_COLOR", "").isEmpty();
    return wanted && isClever(environment) && isStdout() ? Paint.COLOURS : Paint.PLAIN;
  }

  /** The same for what picocli prints. */
  static Ansi ansi(Map<String, String> environment) {
    return paint(environment) == Paint.COLOURS ? Ansi.ON : Ansi.OFF;
  }
}
