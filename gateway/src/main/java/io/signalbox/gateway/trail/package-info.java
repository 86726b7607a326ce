/** What the log tells of single notifications. */
@NullMarked
package io.signalbox.gateway.trail;

import org.jspecify.annotations.NullMarked;
