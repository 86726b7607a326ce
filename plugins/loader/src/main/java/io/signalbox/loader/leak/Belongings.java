package io.signalbox.loader.leak;

import java.lang.ref.Reference;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether an object belongs to a plugin: it is the plugin's class loader, one of its classes
 * or an instance of one, or a container near to such. Looks a few steps deep only: it finds what is
 * usual, not everything.
 *
 * @param loader the plugin's class loader
 */
record Belongings(ClassLoader loader) {
  private static final int DEPTH = 3;
  private static final int MOST_ELEMENTS = 1_000;

  /** What of the plugin an object is or holds, in words; empty if nothing was found. */
  Optional<String> in(@Nullable Object value) {
    return in(value, DEPTH);
  }

  private Optional<String> in(@Nullable Object value, int depth) {
    if (value == null) {
      return Optional.empty();
    }
    if (value == loader) {
      return Optional.of("its class loader");
    }
    if (value instanceof Class<?> type && type.getClassLoader() == loader) {
      return Optional.of("the class " + type.getName());
    }
    if (value.getClass().getClassLoader() == loader) {
      return Optional.of("an object of the class " + value.getClass().getName());
    }
    return depth == 0 ? Optional.empty() : inside(value, depth - 1);
  }

  private Optional<String> inside(Object value, int depth) {
    try {
      if (value instanceof Reference<?> reference) {
        return in(reference.get(), depth);
      }
      if (value instanceof Map<?, ?> map) {
        return any(Stream.concat(some(map.values()), some(map.keySet())), depth);
      }
      if (value instanceof Collection<?> collection) {
        return any(some(collection), depth);
      }
      if (value instanceof Object[] array) {
        return any(Stream.of(array).limit(MOST_ELEMENTS), depth);
      }
    } catch (RuntimeException e) {
      return Optional.empty(); // It was changed meanwhile.
    }
    return Optional.empty();
  }

  private static Stream<?> some(Collection<?> collection) {
    return collection.stream().limit(MOST_ELEMENTS);
  }

  private Optional<String> any(Stream<?> values, int depth) {
    return values.map(value -> in(value, depth)).flatMap(Optional::stream).findFirst();
  }
}
