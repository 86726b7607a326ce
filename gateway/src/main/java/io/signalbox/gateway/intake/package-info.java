/** Intake: from a checked notification to one that is stored durably. */
@NullMarked
package io.signalbox.gateway.intake;

import org.jspecify.annotations.NullMarked;
