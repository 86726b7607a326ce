/**
 * How much of the gateway works: failures of providers, degradation modes, and texts for people.
 */
@NullMarked
package io.signalbox.gateway.degradation;

import org.jspecify.annotations.NullMarked;
