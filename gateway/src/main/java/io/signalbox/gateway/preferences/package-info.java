/** What operators prefer, worked out for each channel. */
@NullMarked
package io.signalbox.gateway.preferences;

import org.jspecify.annotations.NullMarked;
