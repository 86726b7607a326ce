/** Delivery of webhooks: waiting, queueing, sending and repeating, all bounded. */
@NullMarked
package io.signalbox.simulator.webhook;

import org.jspecify.annotations.NullMarked;
