/**
 * The circuit breaker as a pure state machine: it decides, and whoever owns it acts. It has no
 * timer and no clock; its owner passes the time in and calls {@code tick}.
 */
@NullMarked
package io.signalbox.scoring.breaker;

import org.jspecify.annotations.NullMarked;
