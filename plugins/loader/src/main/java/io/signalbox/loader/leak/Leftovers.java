package io.signalbox.loader.leak;

import java.beans.Introspector;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a plugin left behind in the process. Each call looks at all threads and some registries,
 * which takes milliseconds: not for event loops.
 */
public final class Leftovers {
  private static final Logger log = LoggerFactory.getLogger(Leftovers.class);

  private Leftovers() {}

  /** What still holds a plugin's class loader, in words; empty if nothing of the usual does. */
  public static List<String> name(ClassLoader loader) {
    return find(loader).stream().map(Leftover::text).sorted().toList();
  }

  /**
   * Removes what can be removed from outside. To be called when nothing of the plugin runs any
   * more, and before its class loader is closed.
   *
   * @param plugin name and version, for the log
   * @param definer defines a class in the plugin's loader, by name and code
   */
  public static void remove(
      String plugin, ClassLoader loader, BiFunction<String, byte[], Class<?>> definer) {
    for (Leftover leftover : find(loader)) {
      Leftover.Removal removal = leftover.removal();
      if (removal != null) {
        try {
          removal.run();
          log.warn("plugin {} left behind {}; {}", plugin, leftover.text(), leftover.done());
        } catch (Exception e) {
          log.warn("plugin {} left behind {}; it stays: {}", plugin, leftover.text(), e.toString());
        }
      }
    }
    for (String driver : drivers(definer)) {
      log.warn("plugin {} left behind the JDBC driver {}; removed", plugin, driver);
    }
    ResourceBundle.clearCache(loader);
    Introspector.flushCaches();
    JacksonCaches.clear();
  }

  private static List<Leftover> find(ClassLoader loader) {
    Belongings belongings = new Belongings(loader);
    List<Leftover> found = new ArrayList<>(new ThreadLeftovers(belongings).find());
    found.addAll(new StaticLeftovers(belongings).find());
    return found;
  }

  @SuppressWarnings("unchecked") // It is our own class, defined once more.
  private static List<String> drivers(BiFunction<String, byte[], Class<?>> definer) {
    try {
      Constructor<?> made =
          definer.apply(DriverSweep.class.getName(), code()).getDeclaredConstructor();
      made.setAccessible(true);
      return ((Supplier<List<String>>) made.newInstance()).get();
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      log.warn("JDBC drivers of a plugin cannot be looked for: {}", e.toString());
      return List.of();
    }
  }

  private static byte[] code() {
    String resource = DriverSweep.class.getSimpleName() + ".class";
    try (InputStream in =
        Objects.requireNonNull(DriverSweep.class.getResourceAsStream(resource), resource)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("a class of the loader itself cannot be read", e);
    }
  }
}
