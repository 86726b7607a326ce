package io.signalbox.gateway.plugins;

import io.signalbox.loader.ProviderFileStatus;
import io.signalbox.spi.PluginDescriptor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A plugin as people see it.
 *
 * @param name of the plugin; that of its file where it is not known
 * @param version of the jar in use; empty if there is none
 * @param sha256 of the jar in use; empty if there is none
 * @param file its name in the plugins folder; empty if it is not there
 * @param lastError what went wrong last; empty for nothing
 * @param kept what is known of the jar in use; empty if it was never kept
 * @param descriptor what the plugin can do; empty unless it is loaded
 * @param providers the provider files that name it
 * @param previous what a rollback can go back to, newest first
 * @param leaked titles of its former jars that are still in memory
 */
public record PluginView(
    String name,
    String version,
    String sha256,
    String file,
    State state,
    String lastError,
    Optional<PluginVersion> kept,
    Optional<PluginDescriptor> descriptor,
    List<ProviderFileStatus> providers,
    List<PluginVersion> previous,
    List<String> leaked) {

  /** Copies the lists. */
  public PluginView {
    providers = List.copyOf(providers);
    previous = List.copyOf(previous);
    leaked = List.copyOf(leaked);
  }

  /** How a plugin stands. */
  public enum State {
    /** Providers run on it. */
    RUNNING,
    /** It is loaded, and no provider runs on it. */
    LOADED,
    /** Providers are being started on it. */
    CHANGING,
    /** A provider does not run on it that should. */
    FAILED,
    /** The present content of its file is not used; what ran before does. */
    REFUSED,
    /** Another file holds a newer jar of the same plugin. */
    SUPERSEDED,
    /** Its file is gone or holds another jar, and providers still run on this one. */
    DRAINING,
    /** It was removed, and can be put back. */
    REMOVED;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The name in the API. */
    public String wireName() {
      return wireName;
    }
  }
}
