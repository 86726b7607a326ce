/** Asks providers what became of attempts that nobody has told of. */
@NullMarked
package io.signalbox.gateway.lookup;

import org.jspecify.annotations.NullMarked;
