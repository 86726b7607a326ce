package io.signalbox.gateway.plugins;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One content of a plugin's jar that was taken into use.
 *
 * @param sha256 of the jar, lower-case hex
 * @param version of the plugin
 * @param spiVersion which gateways it fits, as its manifest says
 * @param bytes size of the jar
 * @param source how it came into the folder the last time
 * @param by who asked for that; null if it was put there past the API
 * @param sinceMillis when it was taken into use the last time, epoch milliseconds
 */
public record PluginVersion(
    String sha256,
    String version,
    String spiVersion,
    long bytes,
    Source source,
    @Nullable String by,
    long sinceMillis) {

  /** How a jar came into the folder. */
  public enum Source {
    /** Put there past the API, as by {@code cp}. */
    FOLDER,
    /** Uploaded. */
    UPLOAD,
    /** Put back by a rollback. */
    ROLLBACK;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The name in the API. */
    public String wireName() {
      return wireName;
    }

    static Optional<Source> find(String wireName) {
      return Arrays.stream(values()).filter(one -> one.wireName.equals(wireName)).findFirst();
    }
  }
}
