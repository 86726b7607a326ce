package io.signalbox.gateway.delivery;

import io.signalbox.loader.LoadedPlugin;
import io.signalbox.loader.ProviderDefinition;

/**
 * What one generation of a provider is made of.
 *
 * @param definition its file
 * @param plugin its code
 * @param generation greater than that of every provider started before
 * @param webhookUrl where its webhooks are sent
 */
record ProviderSetup(
    ProviderDefinition definition, LoadedPlugin plugin, long generation, String webhookUrl) {

  String id() {
    return definition.id();
  }
}
