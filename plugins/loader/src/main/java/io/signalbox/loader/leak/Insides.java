package io.signalbox.loader.leak;

import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import org.jspecify.annotations.Nullable;

/**
 * Reads private fields of the JDK, as far as it lets us: the packages must be open to the gateway,
 * which the launcher asks for with {@code --add-opens java.base/java.lang=ALL-UNNAMED}. Where they
 * are not, or the JDK has changed, nothing is found.
 */
final class Insides {
  private Insides() {}

  /** The value of an object's field; null if it is null or cannot be read. */
  static @Nullable Object get(@Nullable Object owner, String field) {
    if (owner == null) {
      return null;
    }
    for (Class<?> type = owner.getClass(); type != null; type = type.getSuperclass()) {
      for (Field declared : type.getDeclaredFields()) {
        if (declared.getName().equals(field)) {
          return read(declared, owner);
        }
      }
    }
    return null;
  }

  /** The value of a static field; null if it is null or cannot be read. */
  static @Nullable Object getStatic(String className, String field) {
    try {
      return read(Class.forName(className).getDeclaredField(field), null);
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  private static @Nullable Object read(Field field, @Nullable Object owner) {
    try {
      field.setAccessible(true);
      return field.get(owner);
    } catch (InaccessibleObjectException | IllegalAccessException e) {
      return null;
    }
  }
}
