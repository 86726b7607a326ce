package io.signalbox.gateway.compat.telegram;

import io.signalbox.gateway.compat.DialectAnswer;
import io.signalbox.gateway.compat.DialectCall;
import io.signalbox.gateway.compat.DialectRequest;

/**
 * {@code getMe}, with which libraries begin. The bot it tells is the gateway: who sees the texts
 * sees them from the bot of the provider that delivers.
 */
final class GetMe implements DialectCall.Telling {
  @Override
  public String path() {
    return "/bot:token/getMe";
  }

  @Override
  public DialectAnswer answer(DialectRequest request) {
    return TelegramErrors.ok(
        BotToken.of(request)
            .user()
            .put("can_join_groups", false)
            .put("can_read_all_group_messages", false)
            .put("supports_inline_queries", false));
  }
}
