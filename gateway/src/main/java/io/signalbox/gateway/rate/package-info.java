/**
 * How often a provider may be called: at the rate that its file allows, which all gateways keep to
 * together, and at the one that it is believed to accept.
 */
@NullMarked
package io.signalbox.gateway.rate;

import org.jspecify.annotations.NullMarked;
