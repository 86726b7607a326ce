package io.signalbox.loader.check;

import java.util.List;
import java.util.Optional;

/**
 * The packages that plugins get from the gateway, and never from their own jar: a type of them is
 * the same type on both sides.
 *
 * @param prefix package prefix with its dot
 * @param dependency the Maven dependency that brings the package
 */
public record SharedPackages(String prefix, String dependency) {

  private static final List<SharedPackages> ALL =
      List.of(
          new SharedPackages("io.signalbox.spi.", "io.signalbox:signalbox-spi"),
          new SharedPackages("io.vertx.", "io.vertx:*"),
          new SharedPackages("io.netty.", "io.netty:*"),
          new SharedPackages("org.slf4j.", "org.slf4j:slf4j-api"),
          new SharedPackages("org.jspecify.", "org.jspecify:jspecify"),
          // Jackson core comes with Vert.x; databind does not, and is the plugin's own.
          new SharedPackages(
              "com.fasterxml.jackson.core.", "com.fasterxml.jackson.core:jackson-core"));

  /** The shared package that a class belongs to; empty if it is none of the gateway's. */
  public static Optional<SharedPackages> of(String className) {
    for (SharedPackages shared : ALL) {
      if (className.startsWith(shared.prefix)) {
        return Optional.of(shared);
      }
    }
    return Optional.empty();
  }

  /** Whether a class can only be the JDK's. */
  public static boolean isJdkOnly(String className) {
    return className.startsWith("java.")
        || className.startsWith("jdk.")
        || className.startsWith("sun.");
  }
}
