/** The certificates of the HTTP server: read, checked, and read again when they change. */
@NullMarked
package io.signalbox.gateway.tls;

import org.jspecify.annotations.NullMarked;
