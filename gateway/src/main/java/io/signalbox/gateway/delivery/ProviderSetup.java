package io.signalbox.gateway.delivery;

import io.signalbox.gateway.bus.ProviderAbilities;
import io.signalbox.loader.LoadedPlugin;
import io.signalbox.loader.ProviderDefinition;
import java.util.List;

/**
 * What one generation of a provider is made of.
 *
 * @param definition its file
 * @param plugin its code
 * @param generation greater than that of every provider started before
 * @param webhookUrl where its webhooks are sent
 * @param tally how its attempts end
 * @param warnings what cannot work in its configuration, though it runs
 * @param account tells accounts at the provider apart, see {@link AccountPrint}
 */
record ProviderSetup(
    ProviderDefinition definition,
    LoadedPlugin plugin,
    long generation,
    String webhookUrl,
    AttemptTally tally,
    List<String> warnings,
    String account) {

  ProviderSetup {
    warnings = List.copyOf(warnings);
  }

  String id() {
    return definition.id();
  }

  /** What it can do of what not every provider can. */
  ProviderAbilities abilities() {
    return new ProviderAbilities(plugin.descriptor().features(), definition.senders());
  }
}
