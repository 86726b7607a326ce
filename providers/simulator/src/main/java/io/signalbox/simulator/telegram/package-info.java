/** Telegram's Bot API. */
@NullMarked
package io.signalbox.simulator.telegram;

import org.jspecify.annotations.NullMarked;
