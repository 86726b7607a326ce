package io.signalbox.gateway.compat.twilio;

import io.signalbox.gateway.compat.DialectAnswer;
import io.signalbox.gateway.compat.DialectCall;
import io.signalbox.gateway.compat.DialectIds;
import io.signalbox.gateway.compat.DialectRequest;
import io.signalbox.gateway.compat.Refusal;
import io.signalbox.gateway.compat.RefusedException;
import io.signalbox.gateway.ledger.Timeline;
import io.signalbox.gateway.model.NotificationId;
import java.util.List;
import java.util.Optional;

/** {@code GET Messages/SM....json}: any SMS or WhatsApp message of the tenant. */
final class TwilioFetch implements DialectCall.Fetching {
  private static final String ENDING = ".json";

  @Override
  public String path() {
    return "/2010-04-01/Accounts/:account/Messages/:message";
  }

  @Override
  public Optional<NotificationId> id(DialectRequest request) {
    String name = request.path().getOrDefault("message", "");
    return name.startsWith(TwilioMessage.ID_PREFIX) && name.endsWith(ENDING)
        ? DialectIds.ofHex(
            name.substring(TwilioMessage.ID_PREFIX.length(), name.length() - ENDING.length()))
        : Optional.empty();
  }

  @Override
  public DialectAnswer answer(DialectRequest request, List<Timeline> all) {
    Timeline found = all.get(0);
    if (!TwilioMessage.isOne(found)) {
      throw new RefusedException(new Refusal(404, "it is neither an SMS nor a WhatsApp message"));
    }
    return DialectAnswer.json(200, TwilioMessage.json(TwilioMessage.account(request), found));
  }
}
