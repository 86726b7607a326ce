package io.signalbox.loader;

import io.signalbox.spi.PluginDescriptor;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A jar as the folder sees it now.
 *
 * @param file the jar
 * @param stamp which content of the file this is about; null if it was not read yet, or is gone
 * @param name the plugin's name, that of the last good content if the present one was refused;
 *     empty if there was none
 * @param version the plugin's version, likewise
 * @param sha256 hash of the jar, lower-case hex, likewise
 * @param state what became of it
 * @param detail why, for a person; empty for an active jar
 * @param lastError what went wrong with it last: the detail if it is refused, or why providers did
 *     not start or take over on it, such as {@code mail-eu: its self-check failed: ...}; empty if
 *     nothing did
 * @param descriptor what the plugin can do; null unless it is loaded
 * @param providers ids of the providers that run on exactly this jar
 */
public record PluginStatus(
    Path file,
    @Nullable FileStamp stamp,
    String name,
    String version,
    String sha256,
    State state,
    String detail,
    String lastError,
    @Nullable PluginDescriptor descriptor,
    Set<String> providers) {

  /** What became of a jar. */
  public enum State {
    /** Loaded; providers start from it. */
    ACTIVE,
    /** Good, but another jar of the same plugin is newer. */
    SUPERSEDED,
    /** Replaced or removed, and still used by a provider that was not swapped (yet). */
    RETIRING,
    /** Not used, for the reason in the detail. */
    REFUSED
  }

  /** Copies the set. */
  public PluginStatus {
    providers = Set.copyOf(providers);
  }
}
