/** The sandbox: a stand-in for the remote APIs, started by the gateway for newcomers and tests. */
@NullMarked
package io.signalbox.spi.sandbox;

import org.jspecify.annotations.NullMarked;
