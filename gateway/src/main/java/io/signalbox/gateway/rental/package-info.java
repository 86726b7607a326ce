/** Renting telephone numbers: who is asked, what came of it, and what came in. */
@NullMarked
package io.signalbox.gateway.rental;

import org.jspecify.annotations.NullMarked;
