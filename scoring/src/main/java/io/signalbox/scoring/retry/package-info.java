/** When to try again. */
@NullMarked
package io.signalbox.scoring.retry;

import org.jspecify.annotations.NullMarked;
