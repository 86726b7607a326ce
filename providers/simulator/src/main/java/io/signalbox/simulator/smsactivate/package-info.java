/**
 * The {@code handler_api.php} protocol of SMS-Activate, which many services that rent numbers
 * speak.
 */
@NullMarked
package io.signalbox.simulator.smsactivate;

import org.jspecify.annotations.NullMarked;
