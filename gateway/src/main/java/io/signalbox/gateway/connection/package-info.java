/** Connections of the HTTP server before and beside their requests: how many, how slow. */
@NullMarked
package io.signalbox.gateway.connection;

import org.jspecify.annotations.NullMarked;
