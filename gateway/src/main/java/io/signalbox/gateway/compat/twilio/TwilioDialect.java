package io.signalbox.gateway.compat.twilio;

import io.signalbox.gateway.compat.Credentials;
import io.signalbox.gateway.compat.Dialect;
import io.signalbox.gateway.compat.DialectAnswer;
import io.signalbox.gateway.compat.DialectCall;
import io.signalbox.gateway.compat.DialectField;
import io.signalbox.gateway.compat.DialectRequest;
import io.signalbox.gateway.compat.Refusal;
import java.util.List;
import java.util.Optional;

/**
 * Twilio: messages are made, fetched and listed. The API key is the password; the user, an account
 * or a key of Twilio's, is kept as it is and allows nothing.
 */
public final class TwilioDialect implements Dialect {
  /** The name in paths. */
  public static final String NAME = "twilio";

  private final List<DialectCall> calls =
      List.of(new TwilioCreate(), new TwilioFetch(), new TwilioList());

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> hosts() {
    return List.of("api.twilio.com", "api.{edge}.{region}.twilio.com");
  }

  @Override
  public List<DialectCall> calls() {
    return calls;
  }

  @Override
  public List<DialectField> fields() {
    return TwilioFields.ALL;
  }

  @Override
  public Optional<String> credential(DialectRequest request) {
    return Credentials.basic(request).map(Credentials.Basic::password);
  }

  @Override
  public DialectAnswer refuse(Refusal refusal) {
    return TwilioErrors.answer(refusal);
  }
}
