/** Bookings through Cal.com: making, finding, moving and cancelling them, and their webhooks. */
@NullMarked
package io.signalbox.provider.calcom;

import org.jspecify.annotations.NullMarked;
