/** Messages through a Telegram bot, and the little that Telegram tells afterwards. */
@NullMarked
package io.signalbox.provider.telegram;

import org.jspecify.annotations.NullMarked;
