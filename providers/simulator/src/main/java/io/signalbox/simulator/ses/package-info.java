/**
 * Amazon SES (API v2) with requests signed by SigV4, and the SNS topic that tells of its events.
 */
@NullMarked
package io.signalbox.simulator.ses;

import org.jspecify.annotations.NullMarked;
