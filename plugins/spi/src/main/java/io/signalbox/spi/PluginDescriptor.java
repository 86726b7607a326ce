package io.signalbox.spi;

import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a plugin is and can do.
 *
 * @param name the plugin's name, the same as in {@code plugin:} of a provider file, such as {@code
 *     sendgrid}: 1 to 40 characters of {@code a-z 0-9 -}, beginning with a letter
 * @param displayName the name for people
 * @param channels what it can carry; not empty
 * @param webhookEvents the statuses of messages that its webhooks report; empty if they report none
 * @param webhookSignature how its webhooks are authenticated, in words; empty if it has none
 * @param statusLookup whether its providers are {@link StatusLookup}
 * @param idempotentSend whether the remote API protects a repeated send from being doubled
 * @param features what it can do of what not every plugin can
 */
public record PluginDescriptor(
    String name,
    String displayName,
    Set<Channel> channels,
    Set<ReceiptStatus> webhookEvents,
    String webhookSignature,
    boolean statusLookup,
    boolean idempotentSend,
    Set<Feature> features) {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");

  /**
   * Checks the name and copies the sets.
   *
   * @param name {@link #name()}
   * @param displayName {@link #displayName()}
   * @param channels {@link #channels()}
   * @param webhookEvents {@link #webhookEvents()}
   * @param webhookSignature {@link #webhookSignature()}
   * @param statusLookup {@link #statusLookup()}
   * @param idempotentSend {@link #idempotentSend()}
   * @param features {@link #features()}
   */
  public PluginDescriptor {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("a plugin's name matches " + NAME + ", was " + name);
    }
    if (channels.isEmpty()) {
      throw new IllegalArgumentException("a plugin carries at least one channel");
    }
    channels = Set.copyOf(EnumSet.copyOf(channels));
    webhookEvents = Set.copyOf(webhookEvents);
    features = Set.copyOf(features);
  }

  /**
   * A plugin that can do nothing of what not every one can.
   *
   * @param name {@link #name()}
   * @param displayName {@link #displayName()}
   * @param channels {@link #channels()}
   * @param webhookEvents {@link #webhookEvents()}
   * @param webhookSignature {@link #webhookSignature()}
   * @param statusLookup {@link #statusLookup()}
   * @param idempotentSend {@link #idempotentSend()}
   */
  public PluginDescriptor(
      String name,
      String displayName,
      Set<Channel> channels,
      Set<ReceiptStatus> webhookEvents,
      String webhookSignature,
      boolean statusLookup,
      boolean idempotentSend) {
    this(
        name,
        displayName,
        channels,
        webhookEvents,
        webhookSignature,
        statusLookup,
        idempotentSend,
        Set.of());
  }
}
