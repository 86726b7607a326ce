/** Whether a new version that gets a share of the traffic is worse than the one before. */
@NullMarked
package io.signalbox.scoring.canary;

import org.jspecify.annotations.NullMarked;
