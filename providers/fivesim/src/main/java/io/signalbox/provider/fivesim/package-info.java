/** Telephone numbers rented through 5sim: buying, looking for orders, states, offers. */
@NullMarked
package io.signalbox.provider.fivesim;

import org.jspecify.annotations.NullMarked;
