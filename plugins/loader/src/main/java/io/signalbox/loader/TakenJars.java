package io.signalbox.loader;

import io.signalbox.loader.check.PluginJar;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells once of each jar that is taken into use. Confined to the folder's thread. */
final class TakenJars {
  private static final Logger log = LoggerFactory.getLogger(TakenJars.class);

  private final JarKeeper keeper;
  private Map<Path, String> told = Map.of();

  TakenJars(JarKeeper keeper) {
    this.keeper = keeper;
  }

  /** Tells of those in use that were not in use at the last call. */
  void tell(Collection<JarFiles.Jar> jars) {
    Map<Path, String> present = new HashMap<>();
    for (JarFiles.Jar jar : jars) {
      PluginJar used = jar.usable();
      if (used != null && jar.refusal().isEmpty() && !jar.superseded()) {
        present.put(jar.file, used.sha256());
        if (!used.sha256().equals(told.get(jar.file))) {
          tell(jar.file, used);
        }
      }
    }
    told = present;
  }

  private void tell(Path file, PluginJar jar) {
    try {
      keeper.taken(file, jar);
    } catch (RuntimeException e) {
      log.error("the gateway failed to keep {} of {}", jar.title(), file, e);
    }
  }
}
