package io.signalbox.loader;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * A class loader with one class, made to be collected.
 *
 * <p>A loader without classes could go in any young collection; one that defined a class goes only
 * in a collection that unloads classes.
 */
final class CanaryClassLoader extends ClassLoader {

  /** The class that a canary defines once more. */
  private static final class Egg {}

  private CanaryClassLoader() {
    super("canary", null);
  }

  static ClassLoader create() {
    String name = Egg.class.getName();
    String resource = name.substring(name.lastIndexOf('.') + 1) + ".class";
    try (InputStream in =
        Objects.requireNonNull(CanaryClassLoader.class.getResourceAsStream(resource), resource)) {
      byte[] bytes = in.readAllBytes();
      CanaryClassLoader canary = new CanaryClassLoader();
      canary.defineClass(name, bytes, 0, bytes.length);
      return canary;
    } catch (IOException e) {
      throw new UncheckedIOException("a class of the loader itself cannot be read", e);
    }
  }
}
