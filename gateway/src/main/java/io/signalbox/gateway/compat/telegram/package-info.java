/** The API of Telegram. */
@NullMarked
package io.signalbox.gateway.compat.telegram;

import org.jspecify.annotations.NullMarked;
