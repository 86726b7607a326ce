package io.signalbox.loader;

import io.signalbox.spi.Channel;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A provider as its file asks for it, variables resolved and defaults filled in.
 *
 * @param id the file's name without extension: 1 to 40 characters of {@code a-z 0-9 -}
 * @param file the provider file
 * @param plugin name of the plugin that it is an instance of
 * @param priority rank among the providers of a channel, 1 is first
 * @param weight share of the traffic among equals, 1 to 1000
 * @param channels what it carries
 * @param limits how much it is given at a time and per second
 * @param price of one message, in the currency that all prices of a channel are given in; null if
 *     it is not known
 * @param timeout of one attempt, 50 ms to 5 min
 * @param senders from which mail addresses it may send
 * @param account a name of its account at the provider, which stays when its credentials change;
 *     null if the file gives none
 * @param config the {@code config} block, for the plugin; a copy on every call
 * @param fingerprint SHA-256 of the resolved content, lower-case hex: equal if nothing changed that
 *     matters. Derived from secrets too, so do not publish it.
 * @param literals the keys below {@code config} whose values, or a part of them, stand in the file
 *     as they are, such as {@code config.from}: no secrets may
 * @param lines where the keys stand in the file, to tell mistakes that only its plugin finds
 */
public record ProviderDefinition(
    String id,
    Path file,
    String plugin,
    int priority,
    int weight,
    Set<Channel> channels,
    ProviderLimits limits,
    @Nullable Double price,
    Duration timeout,
    Senders senders,
    @Nullable String account,
    JsonObject config,
    String fingerprint,
    Set<String> literals,
    KeyLines lines) {

  /** Copies what could be changed. */
  public ProviderDefinition {
    channels = Set.copyOf(channels);
    literals = Set.copyOf(literals);
    config = config.copy();
  }

  @Override
  public JsonObject config() {
    return config.copy();
  }

  /** The same definition for other channels. */
  ProviderDefinition withChannels(Set<Channel> others) {
    return new ProviderDefinition(
        id,
        file,
        plugin,
        priority,
        weight,
        others,
        limits,
        price,
        timeout,
        senders,
        account,
        config,
        fingerprint,
        literals,
        lines);
  }

  /** Leaves out the configuration and what is derived from it: both may hold secrets. */
  @Override
  public String toString() {
    return "ProviderDefinition[" + id + ", plugin " + plugin + ", " + file + "]";
  }
}
