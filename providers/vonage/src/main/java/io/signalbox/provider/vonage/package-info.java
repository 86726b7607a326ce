/**
 * SMS through the SMS API of Vonage: sending, and delivery receipts in all the forms that an
 * account can be set to.
 */
@NullMarked
package io.signalbox.provider.vonage;

import org.jspecify.annotations.NullMarked;
