package io.signalbox.loader;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells the classes of plugins from all others. */
public final class PluginClasses {
  /** What the names of plugins' class loaders begin with. */
  static final String LOADER_PREFIX = "plugin ";

  private PluginClasses() {}

  /** Whether a stack frame is a plugin's code. */
  public static boolean contain(StackTraceElement frame) {
    String loader = frame.getClassLoaderName();
    return loader != null && loader.startsWith(LOADER_PREFIX);
  }

  /** The plugin whose class loader this is, name and version; empty if it is none. */
  static Optional<String> pluginOf(@Nullable ClassLoader loader) {
    return loader instanceof PluginClassLoader plugin
        ? Optional.of(plugin.plugin())
        : Optional.empty();
  }
}
