/** Cal.com: bookings by its API v2, with signed webhooks. */
@NullMarked
package io.signalbox.simulator.calcom;

import org.jspecify.annotations.NullMarked;
