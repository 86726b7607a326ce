/** A real SMTP server, by an embedded library, with faults. */
@NullMarked
package io.signalbox.simulator.smtp;

import org.jspecify.annotations.NullMarked;
