package io.signalbox.gateway.plugins;

import io.signalbox.gateway.bus.GatewayException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which kept jar a rollback goes back to. Pure. */
final class RollbackTarget {
  private RollbackTarget() {}

  /**
   * Chooses.
   *
   * @param present SHA-256 of what is in the folder
   * @param wanted SHA-256 of what is asked for; null for what was in use last before the present
   * @throws GatewayException of status 404 if nothing, or not that, is kept
   */
  static PluginVersion of(
      String plugin, PluginRecord record, Optional<String> present, @Nullable String wanted) {
    List<PluginVersion> previous = record.previous(present.orElse(null));
    if (wanted != null) {
      return record
          .find(wanted)
          .orElseThrow(
              () ->
                  new GatewayException(
                      404,
                      "sha256 names no kept jar of "
                          + plugin
                          + "; kept are "
                          + (previous.isEmpty() ? "none" : names(previous))));
    }
    if (previous.isEmpty()) {
      throw new GatewayException(404, "no previous jar of " + plugin + " is kept");
    }
    return previous.get(0);
  }

  private static String names(List<PluginVersion> versions) {
    return versions.stream()
        .map(version -> version.sha256() + " (" + version.version() + ")")
        .collect(Collectors.joining(", "));
  }
}
