/** The API of Vonage. */
@NullMarked
package io.signalbox.gateway.compat.vonage;

import org.jspecify.annotations.NullMarked;
