package io.signalbox.loader;

import io.signalbox.loader.check.PluginJar;
import io.signalbox.loader.check.PluginRefusedException;
import io.signalbox.spi.ProviderFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The plugins in memory, one for each content of a jar. Confined to the folder's thread. */
final class PluginShelf {
  private static final Logger log = LoggerFactory.getLogger(PluginShelf.class);

  private final Map<String, LoadedPlugin> loaded = new HashMap<>();
  private final LeakDetector leaks;

  PluginShelf(LeakDetector leaks) {
    this.leaks = leaks;
  }

  /** The plugin of a staged jar, loaded if it is not in memory yet. */
  LoadedPlugin take(PluginJar jar) throws PluginRefusedException, IOException {
    LoadedPlugin plugin = loaded.get(jar.sha256());
    if (plugin == null) {
      ClassLoader gateway = Objects.requireNonNull(ProviderFactory.class.getClassLoader());
      plugin = LoadedPlugin.load(jar, gateway);
      loaded.put(jar.sha256(), plugin);
      log.info("loaded plugin {} ({})", jar.title(), jar.sha256());
    }
    return plugin;
  }

  /** The plugin of a jar, if it is in memory. */
  @Nullable LoadedPlugin find(PluginJar jar) {
    return loaded.get(jar.sha256());
  }

  /** Everything in memory. */
  Collection<LoadedPlugin> all() {
    return List.copyOf(loaded.values());
  }

  /** Unloads what is not needed. */
  void keepOnly(Collection<LoadedPlugin> needed) {
    List<LoadedPlugin> unneeded = new ArrayList<>(loaded.values());
    unneeded.removeAll(needed);
    for (LoadedPlugin plugin : unneeded) {
      loaded.remove(plugin.sha256());
      try {
        plugin.unload(leaks);
        log.info("unloaded plugin {} {} ({})", plugin.name(), plugin.version(), plugin.sha256());
      } catch (IOException e) {
        log.warn("plugin {} {} was not closed cleanly", plugin.name(), plugin.version(), e);
      }
    }
  }
}
