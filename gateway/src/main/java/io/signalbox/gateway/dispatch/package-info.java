/**
 * Chooses a provider for each notification, hands the attempt over, and decides what follows its
 * outcome.
 */
@NullMarked
package io.signalbox.gateway.dispatch;

import org.jspecify.annotations.NullMarked;
