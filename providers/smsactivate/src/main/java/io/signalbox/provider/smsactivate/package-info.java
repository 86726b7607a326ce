/** Rented telephone numbers by the protocol of SMS-Activate, which many services speak. */
@NullMarked
package io.signalbox.provider.smsactivate;

import org.jspecify.annotations.NullMarked;
