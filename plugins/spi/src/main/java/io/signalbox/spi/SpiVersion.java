package io.signalbox.spi;

import java.util.Comparator;

/**
 * A version of this SPI. A plugin's manifest says in {@code Signalbox-Spi-Version} which ones it
 * fits, and a gateway of another one refuses it.
 *
 * @param major changes when something that plugins use is removed or means something else; from 1
 * @param minor grows when something is added, so that older plugins still run; from 0
 */
public record SpiVersion(int major, int minor) implements Comparable<SpiVersion> {

  /** The version of this jar: what a gateway speaks, and what a plugin is compiled against. */
  public static final SpiVersion CURRENT = new SpiVersion(1, 0);

  private static final Comparator<SpiVersion> ORDER =
      Comparator.comparingInt(SpiVersion::major).thenComparingInt(SpiVersion::minor);

  /**
   * Checks the range.
   *
   * @param major {@link #major()}
   * @param minor {@link #minor()}
   */
  public SpiVersion {
    if (major < 1 || minor < 0) {
      throw new IllegalArgumentException(
          "an SPI version begins with 1.0, was " + major + '.' + minor);
    }
  }

  /** By major, then by minor version. */
  @Override
  public int compareTo(SpiVersion other) {
    return ORDER.compare(this, other);
  }

  /** Such as {@code 1.0}. */
  @Override
  public String toString() {
    return major + "." + minor;
  }
}
