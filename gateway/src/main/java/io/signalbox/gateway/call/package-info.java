/**
 * What an operation asks of a provider, and the door by which it is asked. Values alone; whoever
 * asks and whoever answers know each other by these.
 */
@NullMarked
package io.signalbox.gateway.call;

import org.jspecify.annotations.NullMarked;
