/** The simulator: plays the providers' remote APIs on loopback, with faults and signed webhooks. */
@NullMarked
package io.signalbox.simulator;

import org.jspecify.annotations.NullMarked;
