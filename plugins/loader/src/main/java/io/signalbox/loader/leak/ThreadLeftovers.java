package io.signalbox.loader.leak;

import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.internal.InternalThreadLocalMap;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds threads that hold a plugin. Virtual threads are not among those that the JVM lists. */
final class ThreadLeftovers {
  private final Belongings belongings;

  ThreadLeftovers(Belongings belongings) {
    this.belongings = belongings;
  }

  List<Leftover> find() {
    List<Leftover> found = new ArrayList<>();
    Thread.getAllStackTraces().forEach((thread, stack) -> look(thread, stack, found));
    if (Insides.getStatic("java.lang.ApplicationShutdownHooks", "hooks")
        instanceof Map<?, ?> hooks) {
      for (Object hook : List.copyOf(hooks.keySet())) {
        if (hook instanceof Thread thread) {
          lookAtHook(thread, found);
        }
      }
    }
    return found;
  }

  private void lookAtHook(Thread hook, List<Leftover> found) {
    List<String> reasons = ownReasons(hook, new StackTraceElement[0]);
    reasons.addAll(reasonsOfGateway(hook));
    if (!reasons.isEmpty()) {
      found.add(
          new Leftover(
              "the shutdown hook \"" + hook.getName() + "\", which " + String.join(", ", reasons),
              () -> Runtime.getRuntime().removeShutdownHook(hook)));
    }
  }

  private void look(Thread thread, StackTraceElement[] stack, List<Leftover> found) {
    if (thread == Thread.currentThread()) {
      return;
    }
    List<String> own = ownReasons(thread, stack);
    List<String> reasons = new ArrayList<>(own);
    reasons.addAll(reasonsOfGateway(thread));
    if (!reasons.isEmpty()) {
      String text = "thread \"" + thread.getName() + "\", which " + String.join(", ", reasons);
      // Only a thread that runs the plugin's code is the plugin's to end.
      found.add(
          own.isEmpty()
              ? Leftover.told(text)
              : new Leftover(text, thread::interrupt, "interrupted"));
    }
  }

  /** What shows that a thread runs the plugin's code. */
  private List<String> ownReasons(Thread thread, StackTraceElement[] stack) {
    List<String> reasons = new ArrayList<>();
    belongings.in(thread).ifPresent(what -> reasons.add("is " + what));
    belongings.in(task(thread)).ifPresent(what -> reasons.add("runs " + what));
    String name = belongings.loader().getName();
    for (StackTraceElement frame : stack) {
      if (name != null && name.equals(frame.getClassLoaderName())) {
        reasons.add(
            "is at "
                + frame.getClassName()
                + "."
                + frame.getMethodName()
                + "("
                + frame.getFileName()
                + ":"
                + frame.getLineNumber()
                + ")");
        break;
      }
    }
    return reasons;
  }

  private static @Nullable Object task(Thread thread) {
    Object target = Insides.get(thread, "target");
    return target != null ? target : Insides.get(Insides.get(thread, "holder"), "task");
  }

  /** What a thread of anybody may keep of a plugin. */
  private List<String> reasonsOfGateway(Thread thread) {
    List<String> reasons = new ArrayList<>();
    if (thread.getContextClassLoader() == belongings.loader()) {
      reasons.add("has its class loader as context class loader");
    }
    belongings
        .in(thread.getUncaughtExceptionHandler())
        .ifPresent(what -> reasons.add("has " + what + " as handler of uncaught exceptions"));
    threadLocal(thread, "threadLocals").ifPresent(reasons::add);
    threadLocal(thread, "inheritableThreadLocals").ifPresent(reasons::add);
    if (thread instanceof FastThreadLocalThread
        // Its own method warns whoever is not that thread.
        && Insides.get(thread, "threadLocalMap") instanceof InternalThreadLocalMap map) {
      inNetty(map).ifPresent(reasons::add);
    }
    if (startedByPlugin(thread)) {
      reasons.add("was started by its code");
    }
    return reasons;
  }

  private Optional<String> threadLocal(Thread thread, String field) {
    Object table = Insides.get(Insides.get(thread, field), "table");
    if (table instanceof Object[] entries) {
      for (Object entry : entries) {
        Object value = Insides.get(entry, "value");
        Optional<String> what = belongings.in(value);
        if (what.isPresent()) {
          return what.map(held -> "keeps " + held + " in a thread local");
        }
        if (value instanceof InternalThreadLocalMap map && inNetty(map).isPresent()) {
          return inNetty(map);
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> inNetty(InternalThreadLocalMap map) {
    for (int i = 0; i <= InternalThreadLocalMap.lastVariableIndex(); i++) {
      Optional<String> what = belongings.in(map.indexedVariable(i));
      if (what.isPresent()) {
        return what.map(held -> "keeps " + held + " in a FastThreadLocal");
      }
    }
    return Optional.empty();
  }

  /** A JDK before 24 notes whose code started a thread. */
  private boolean startedByPlugin(Thread thread) {
    Object context = Insides.get(Insides.get(thread, "inheritedAccessControlContext"), "context");
    if (context instanceof ProtectionDomain[] domains) {
      for (ProtectionDomain domain : domains) {
        if (domain.getClassLoader() == belongings.loader()) {
          return true;
        }
      }
    }
    return false;
  }
}
