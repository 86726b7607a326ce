package io.signalbox.gateway.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;

/**
 * Hears the signals by which a process is asked to end. Left to the JVM they lead to its shutdown
 * hooks and to the exit code 143, also after an orderly stop, which looks like a failure to whoever
 * started it. {@code sun.misc.Signal} is no part of Java's API and has no successor there, so it is
 * called by its name, and may be missing.
 */
final class StopSignals {
  private static final List<String> NAMES = List.of("TERM", "INT", "HUP");

  private StopSignals() {}

  /**
   * Calls somebody at each such signal, on a thread of the JVM's own.
   *
   * @return false if they cannot be heard, because the JVM has no such class or was started with
   *     {@code -Xrs}; they then end the process by its shutdown hooks
   */
  static boolean hear(Runnable signalled) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      InvocationHandler calls =
          (proxy, method, arguments) -> {
            if (method.getDeclaringClass() == Object.class) {
              return method.invoke(signalled, arguments);
            }
            signalled.run();
            return null;
          };
      Object ours =
          Proxy.newProxyInstance(
              StopSignals.class.getClassLoader(), new Class<?>[] {handler}, calls);
      for (String name : NAMES) {
        signal
            .getMethod("handle", signal, handler)
            .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
      }
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
