/** Runs recorded attempts through another policy and compares: pure, seeded, no I/O. */
@NullMarked
package io.signalbox.scoring.replay;

import org.jspecify.annotations.NullMarked;
