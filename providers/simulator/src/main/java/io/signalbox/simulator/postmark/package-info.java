/** Postmark's e-mail call, its look-ups, and its webhooks with credentials. */
@NullMarked
package io.signalbox.simulator.postmark;

import org.jspecify.annotations.NullMarked;
