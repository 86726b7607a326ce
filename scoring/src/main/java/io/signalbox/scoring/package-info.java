/**
 * How providers are judged and chosen: health windows, the failure detector, score policies,
 * rankings and selection. Pure Java: no I/O, no clock, no randomness and no threads of its own.
 * Time comes in as epoch milliseconds, randomness as a {@link java.util.random.RandomGenerator}.
 * Records are immutable and may be shared; every other object belongs to one thread (one event
 * loop) and is not synchronised.
 */
@NullMarked
package io.signalbox.scoring;

import org.jspecify.annotations.NullMarked;
