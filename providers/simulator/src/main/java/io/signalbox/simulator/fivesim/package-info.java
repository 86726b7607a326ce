/** The API of 5sim, which rents telephone numbers. */
@NullMarked
package io.signalbox.simulator.fivesim;

import org.jspecify.annotations.NullMarked;
