/** The messages of WhatsApp's Business Cloud API, and its signed batches of statuses. */
@NullMarked
package io.signalbox.simulator.whatsapp;

import org.jspecify.annotations.NullMarked;
