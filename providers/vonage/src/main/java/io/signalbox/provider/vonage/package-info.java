/**
 * Texts through Vonage: sending by its SMS API or its Messages API, receipts in all the forms that
 * an account can be set to, and look-up through its Reports API.
 */
@NullMarked
package io.signalbox.provider.vonage;

import org.jspecify.annotations.NullMarked;
