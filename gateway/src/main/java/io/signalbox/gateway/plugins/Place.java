package io.signalbox.gateway.plugins;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.loader.PluginStatus;
import io.signalbox.loader.PluginStatus.State;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Where a plugin stands in the folder.
 *
 * @param target the file that its next jar replaces; it need not be there
 * @param files all files that hold it, the one in use first; empty if there is none
 */
record Place(Path target, List<PluginStatus> files) {
  private static final String JAR = ".jar";

  Place {
    files = List.copyOf(files);
  }

  /**
   * Finds it: a file with any name whose jar is of that plugin, else one that is called so and was
   * never a usable jar.
   *
   * @throws GatewayException of status 409 if the file that is called so holds another plugin
   */
  static Place of(String plugin, Path dir, Collection<PluginStatus> statuses) {
    List<PluginStatus> files =
        statuses.stream()
            .filter(status -> status.state() != State.RETIRING && plugin.equals(name(status)))
            .sorted(
                Comparator.comparing((PluginStatus status) -> status.state() != State.ACTIVE)
                    .thenComparing(PluginStatus::file))
            .toList();
    if (!files.isEmpty()) {
      return new Place(files.get(0).file(), files);
    }
    Path target = dir.resolve(plugin + JAR);
    for (PluginStatus status : statuses) {
      if (status.file().equals(target) && status.state() != State.RETIRING) {
        throw new GatewayException(
            409,
            target.getFileName()
                + " holds the plugin "
                + status.name()
                + ": rename that file in plugins.dir first");
      }
    }
    return new Place(target, files);
  }

  /** The plugin of a file; where that is not known, the file's name stands for it. */
  static String name(PluginStatus status) {
    if (!status.name().isEmpty()) {
      return status.name();
    }
    String file = status.file().getFileName().toString();
    return file.endsWith(JAR) ? file.substring(0, file.length() - JAR.length()) : file;
  }
}
