/**
 * What a provider is written against: a {@link io.signalbox.spi.ProviderFactory} makes providers; a
 * provider delivers, and, where it can, receives webhooks and looks up statuses.
 *
 * <p>All types here are immutable values or small interfaces. They are shared by the gateway and
 * every plugin's class loader, so nothing here may depend on anything but Vert.x core.
 */
@NullMarked
package io.signalbox.spi;

import org.jspecify.annotations.NullMarked;
