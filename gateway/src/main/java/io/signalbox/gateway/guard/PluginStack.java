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

  /**
   * Whether the thread is making classes ready that the plugin's code needs: on a machine that just
   * starts everything, the first connection by TLS takes seconds for that, once.
   */
  static boolean makesClassesReady(StackTraceElement[] stack) {
    return Arrays.stream(stack)
        .takeWhile(frame -> !PluginClasses.contain(frame))
        .anyMatch(PluginStack::isOfClassMaking);
  }

  private static boolean isOfClassMaking(StackTraceElement frame) {
    String type = frame.getClassName();
    return frame.getMethodName().equals("<clinit>")
        || type.equals("java.lang.ClassLoader")
        || type.startsWith("jdk.internal.loader.");
  }
}
