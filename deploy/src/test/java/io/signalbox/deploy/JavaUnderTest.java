package io.signalbox.deploy;

import java.util.Optional;

/** On which JDK the processes of the tests run: the one of the build, or another one. */
final class JavaUnderTest {
  private static volatile boolean onOther;

  private JavaUnderTest() {}

  /** The JDK's home. */
  static String home() {
    return onOther ? other().orElseThrow() : Distribution.property("signalbox.java");
  }

  /** The home of the other JDK, if the build names one. */
  static Optional<String> other() {
    return Optional.ofNullable(System.getProperty("signalbox.other.java"))
        .filter(home -> !home.isBlank());
  }

  static void useOther(boolean other) {
    onOther = other;
  }
}
