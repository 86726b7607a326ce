/** What every simulated API shares: requests, answers, faults and the log of received messages. */
@NullMarked
package io.signalbox.simulator.core;

import org.jspecify.annotations.NullMarked;
