package io.signalbox.gateway.guard;

import io.signalbox.loader.PluginClasses;
import java.util.Arrays;
import java.util.Optional;

/** Finds a plugin's own code in the stack of a thread. */
final class PluginStack {
  private PluginStack() {}

  /**
   * The plugin's frame that is nearest to where the thread is, such as {@code
   * acme.Mail.deliver(Mail.java:12)}; empty if there is none.
   */
  static Optional<String> firstFrame(StackTraceElement[] stack) {
    return Arrays.stream(stack)
        .filter(PluginClasses::contain)
        .findFirst()
        .map(
            frame ->
                frame.getClassName()
                    + "."
                    + frame.getMethodName()
                    + "("
                    + frame.getFileName()
                    + ":"
                    + frame.getLineNumber()
                    + ")");
  }
}
