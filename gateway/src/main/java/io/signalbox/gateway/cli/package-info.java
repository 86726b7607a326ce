/** The command line. */
@NullMarked
package io.signalbox.gateway.cli;

import org.jspecify.annotations.NullMarked;
