/**
 * What providers share: one HTTP call that knows how far it got, tables from answers to outcomes,
 * and readers of the wire's small formats that no input can make throw.
 */
@NullMarked
package io.signalbox.toolkit;

import org.jspecify.annotations.NullMarked;
