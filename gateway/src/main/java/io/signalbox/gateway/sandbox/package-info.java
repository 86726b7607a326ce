/** The sandbox: real plugins against simulated remote APIs. */
@NullMarked
package io.signalbox.gateway.sandbox;

import org.jspecify.annotations.NullMarked;
