/** The back-test: recorded work of a ledger, run through another policy. */
@NullMarked
package io.signalbox.gateway.replay;

import org.jspecify.annotations.NullMarked;
