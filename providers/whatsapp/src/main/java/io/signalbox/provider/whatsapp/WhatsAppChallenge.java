package io.signalbox.provider.whatsapp;

import io.signalbox.spi.Secret;
import io.signalbox.spi.WebhookResult;
import io.signalbox.spi.WebhookResult.Answer;
import io.signalbox.spi.WebhookResult.Refusal;
import io.signalbox.spi.WebhookResult.Refused;
import io.signalbox.toolkit.FormBody;
import io.signalbox.toolkit.signature.SecretToken;
import io.signalbox.toolkit.signature.SignatureCheck;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The GET by which Meta makes sure that a webhook's URL is its owner's. */
final class WhatsAppChallenge {
  private static final int MAX_CHALLENGE_CHARACTERS = 1024;

  private final @Nullable SecretToken tokens;

  WhatsAppChallenge(List<Secret> verifyTokens) {
    this.tokens = verifyTokens.isEmpty() ? null : new SecretToken(verifyTokens);
  }

  /** The bare challenge if the caller knows a token of ours. */
  WebhookResult answer(String rawQuery) {
    Optional<FormBody> query = FormBody.parse(rawQuery);
    if (query.isEmpty()) {
      return new Refused(Refusal.MALFORMED, "the query cannot be read");
    }
    if (tokens == null) {
      return new Refused(Refusal.UNAUTHENTICATED, "no verify_token is configured");
    }
    SignatureCheck check = tokens.verify(query.get().first("hub.verify_token"));
    if (check.refusal() != null) {
      return check.refusal();
    }
    String challenge = query.get().first("hub.challenge");
    boolean subscribes = "subscribe".equals(query.get().first("hub.mode"));
    return subscribes && challenge != null && challenge.length() <= MAX_CHALLENGE_CHARACTERS
        ? new Answer("text/plain; charset=utf-8", challenge)
        : new Refused(Refusal.MALFORMED, "neither a subscription nor its challenge");
  }
}
