/** How often a provider may be called, and how many calls may be under way at a time. */
@NullMarked
package io.signalbox.scoring.rate;

import org.jspecify.annotations.NullMarked;
