package io.signalbox.gateway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a person looks at the output. Java's own answer changed its meaning with JDK 22. */
final class Terminal {
  private static final Path STDOUT = Path.of("/proc/self/fd/1");

  private Terminal() {}

  /** Whether stdout is a terminal; false where the system does not tell. */
  static boolean isStdout() {
    try {
      String target = Files.readSymbolicLink(STDOUT).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
