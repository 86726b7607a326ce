/** How often a provider may be called. */
@NullMarked
package io.signalbox.scoring.rate;

import org.jspecify.annotations.NullMarked;
