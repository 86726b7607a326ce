/** Sends events to the callback endpoints of applications: signed, retried, never to inside. */
@NullMarked
package io.signalbox.gateway.callback;

import org.jspecify.annotations.NullMarked;
