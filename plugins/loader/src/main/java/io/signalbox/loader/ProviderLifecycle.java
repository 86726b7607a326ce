package io.signalbox.loader;

import io.vertx.core.Future;

/**
 * What the gateway does when the plugins folder changes.
 *
 * <p>All calls come from the folder's own thread, never from an event loop. First starts come one
 * at a time: the next call comes when the returned Future is complete, or when {@link
 * PluginFolderSettings#changeTimeout()} has passed. Replacements and stops are waited for one
 * second in all of a round. One provider never has two changes under way.
 */
public interface ProviderLifecycle {

  /**
   * Starts a provider, or, if that id runs already, replaces it without losing work.
   *
   * @param definition what to run; its channels are complete and all carried by the plugin
   * @param plugin the code; usable until this provider was stopped or replaced, and as long as it
   *     is {@linkplain LoadedPlugin#retain retained}
   * @return succeeds when the provider runs and takes new work; the one that it replaces may still
   *     end what it has begun. Fails if it cannot run, and then the old one stays. After a {@link
   *     KeptBackException} the same is tried again, first after {@link
   *     PluginFolderSettings#retry()}; after an {@link AbandonedException} whenever it is wanted
   *     again; after any other failure not until the definition or the plugin changes.
   */
  Future<Void> start(ProviderDefinition definition, LoadedPlugin plugin);

  /**
   * Stops a provider after its work under way is done.
   *
   * @return completes when nothing of it is left; if it fails, the plugin stays loaded, and the
   *     stop is tried again after {@link PluginFolderSettings#changeTimeout()}
   */
  Future<Void> stop(String providerId);

  /**
   * Tells that a start under way is not wanted any more: if it can, it fails soon, with an {@link
   * AbandonedException}. Called again until it is complete.
   */
  default void abandon(String providerId) {}

  /** Tells of a file that is not used; once for each content and reason. */
  void refused(Refusal refusal);
}
