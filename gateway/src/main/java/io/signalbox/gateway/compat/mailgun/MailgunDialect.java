package io.signalbox.gateway.compat.mailgun;

import io.signalbox.gateway.compat.Credentials;
import io.signalbox.gateway.compat.Dialect;
import io.signalbox.gateway.compat.DialectAnswer;
import io.signalbox.gateway.compat.DialectCall;
import io.signalbox.gateway.compat.DialectField;
import io.signalbox.gateway.compat.DialectRequest;
import io.signalbox.gateway.compat.Refusal;
import java.util.List;
import java.util.Optional;

/** Mailgun: sending mail. */
public final class MailgunDialect implements Dialect {
  static final String NAME = "mailgun";

  private static final String USER = "api";

  private final List<DialectCall> calls = List.of(new MailgunSend());

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> hosts() {
    return List.of("api.mailgun.net", "api.eu.mailgun.net");
  }

  @Override
  public List<DialectCall> calls() {
    return calls;
  }

  @Override
  public List<DialectField> fields() {
    return MailgunFields.ALL;
  }

  @Override
  public Optional<String> credential(DialectRequest request) {
    return Credentials.basic(request)
        .filter(shown -> shown.user().equals(USER))
        .map(Credentials.Basic::password);
  }

  @Override
  public DialectAnswer refuse(Refusal refusal) {
    return MailgunErrors.answer(refusal);
  }
}
