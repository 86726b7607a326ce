package io.signalbox.loader.check;

import io.signalbox.spi.SpiVersion;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The versions of the SPI that a plugin fits, as its manifest says.
 *
 * @param text as it stands in the manifest
 * @param from the oldest version
 * @param fromIncluded whether the oldest version itself fits
 * @param to the newest version
 * @param toIncluded whether the newest version itself fits
 */
record SpiRange(
    String text, SpiVersion from, boolean fromIncluded, SpiVersion to, boolean toIncluded) {
  private static final String NUMBER = "[0-9]{1,4}";
  private static final String VERSION = NUMBER + "(?:\\." + NUMBER + ")?";
  private static final Pattern BUILT_AGAINST = Pattern.compile(VERSION);
  private static final Pattern INTERVAL =
      Pattern.compile(
          "(?<open>[\\[(])\\s*(?<from>%1$s)\\s*,\\s*(?<to>%1$s)\\s*(?<close>[\\])])"
              .replace("%1$s", VERSION));

  /**
   * Reads {@code 1.2}, the version that a plugin was compiled against, which fits every gateway of
   * the same major version that is not older; {@code 1}, the same as {@code 1.0}; or an interval
   * such as {@code [1.0,2.0)}, with square brackets where the end itself fits.
   */
  static SpiRange parse(String text) throws PluginRefusedException {
    Matcher interval = INTERVAL.matcher(text);
    try {
      if (BUILT_AGAINST.matcher(text).matches()) {
        SpiVersion version = version(text);
        return new SpiRange(text, version, true, new SpiVersion(version.major() + 1, 0), false);
      }
      if (interval.matches()) {
        return checked(
            new SpiRange(
                text,
                version(interval.group("from")),
                interval.group("open").equals("["),
                version(interval.group("to")),
                interval.group("close").equals("]")));
      }
    } catch (IllegalArgumentException e) {
      throw malformed(text, e);
    }
    throw malformed(text, null);
  }

  private static SpiRange checked(SpiRange range) throws PluginRefusedException {
    int order = range.from.compareTo(range.to);
    if (order > 0 || (order == 0 && !(range.fromIncluded && range.toIncluded))) {
      throw new PluginRefusedException(
          "its manifest's Signalbox-Spi-Version "
              + range.text
              + " holds no version; the older one stands first, as in [1.0,2.0)");
    }
    return range;
  }

  private static PluginRefusedException malformed(String text, @Nullable Throwable cause) {
    return new PluginRefusedException(
        "its manifest's Signalbox-Spi-Version must be the version that it was built against, such"
            + " as 1.0, or an interval such as [1.0,2.0), was "
            + text,
        cause);
  }

  private static SpiVersion version(String text) {
    int dot = text.indexOf('.');
    return dot < 0
        ? new SpiVersion(Integer.parseInt(text), 0)
        : new SpiVersion(
            Integer.parseInt(text.substring(0, dot)), Integer.parseInt(text.substring(dot + 1)));
  }

  /** Refuses a plugin that does not fit a gateway's version. */
  void refuseOthers(SpiVersion gateway) throws PluginRefusedException {
    int over = gateway.compareTo(from);
    if (over < 0 || (over == 0 && !fromIncluded)) {
      throw new PluginRefusedException(
          "was built for SPI version "
              + text
              + ", this gateway speaks the older "
              + gateway
              + "; update the gateway, or take an older release of the plugin");
    }
    int under = gateway.compareTo(to);
    if (under > 0 || (under == 0 && !toIncluded)) {
      throw new PluginRefusedException(
          "was built for SPI version "
              + text
              + ", this gateway speaks the newer "
              + gateway
              + "; take the plugin's release for this gateway");
    }
  }
}
