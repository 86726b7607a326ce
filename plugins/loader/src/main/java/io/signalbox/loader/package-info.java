/**
 * Plugins of a running gateway: watches the plugins folder, verifies jars, gives each a class
 * loader of its own, reads provider files, tells the gateway what should run, and watches that an
 * unloaded plugin is really collected.
 *
 * <p>Begin with {@link io.signalbox.loader.PluginFolder}; the gateway implements {@link
 * io.signalbox.loader.ProviderLifecycle}.
 */
@NullMarked
package io.signalbox.loader;

import org.jspecify.annotations.NullMarked;
