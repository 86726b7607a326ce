/** Deletes what has been kept for long enough. */
@NullMarked
package io.signalbox.gateway.retention;

import org.jspecify.annotations.NullMarked;
