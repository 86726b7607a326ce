package io.signalbox.gateway.compat.telegram;

import io.signalbox.gateway.compat.Dialect;
import io.signalbox.gateway.compat.DialectAnswer;
import io.signalbox.gateway.compat.DialectCall;
import io.signalbox.gateway.compat.DialectField;
import io.signalbox.gateway.compat.DialectRequest;
import io.signalbox.gateway.compat.Refusal;
import java.util.List;
import java.util.Optional;

/**
 * Telegram: texts for chats. The token is an API key of the gateway, or a number, a colon and such
 * a key, for libraries that want a token to look so. It stands in the path, which is written
 * nowhere.
 */
public final class TelegramDialect implements Dialect {
  /** The name in paths. */
  public static final String NAME = "telegram";

  private final List<DialectCall> calls = List.of(new SendMessage(), new GetMe());

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> hosts() {
    return List.of("api.telegram.org");
  }

  @Override
  public List<DialectCall> calls() {
    return calls;
  }

  @Override
  public List<DialectField> fields() {
    return TelegramFields.ALL;
  }

  @Override
  public Optional<String> credential(DialectRequest request) {
    return Optional.of(BotToken.of(request).key());
  }

  @Override
  public DialectAnswer refuse(Refusal refusal) {
    return TelegramErrors.answer(refusal);
  }
}
