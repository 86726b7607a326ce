package io.signalbox.loader.check;

import java.util.List;
import java.util.jar.JarEntry;

/** Which classes a plugin's jar may hold, by their names. */
final class PackedClasses {
  private PackedClasses() {}

  /** Refuses a jar with classes that are the gateway's or the JDK's to bring. */
  static void refuseShared(List<JarEntry> entries) throws PluginRefusedException {
    for (JarEntry entry : entries) {
      ClassEntry found = ClassEntry.of(entry.getName()).orElse(null);
      if (found != null) {
        refuseShared(found.type());
      }
    }
  }

  private static void refuseShared(String type) throws PluginRefusedException {
    SharedPackages shared = SharedPackages.of(type).orElse(null);
    if (shared != null) {
      throw new PluginRefusedException(
          "holds the class "
              + type
              + ", which comes from the gateway: give the dependency "
              + shared.dependency()
              + " the scope `provided`, so that it is not packed");
    }
    if (SharedPackages.isJdkOnly(type)) {
      throw new PluginRefusedException(
          "holds the class " + type + ", which belongs to the JDK: leave it out");
    }
  }

  /** Refuses a jar that does not hold its factory where a class loader finds it. */
  static void refuseMissing(String factory, List<JarEntry> entries) throws PluginRefusedException {
    String path = factory.replace('.', '/') + ".class";
    boolean nested = false;
    for (JarEntry entry : entries) {
      if (ClassEntry.of(entry.getName()).filter(c -> c.type().equals(factory)).isPresent()) {
        return;
      }
      nested |= entry.getName().endsWith(".jar");
    }
    throw new PluginRefusedException(
        "its factory "
            + factory
            + " is not in it: pack the class as "
            + path
            + (nested
                ? "; jars inside of it are not looked into, so unpack them into it (maven-shade-plugin)"
                : ""));
  }
}
