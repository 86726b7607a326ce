package io.signalbox.gateway.compat.sendgrid;

import io.signalbox.gateway.compat.Credentials;
import io.signalbox.gateway.compat.Dialect;
import io.signalbox.gateway.compat.DialectAnswer;
import io.signalbox.gateway.compat.DialectCall;
import io.signalbox.gateway.compat.DialectField;
import io.signalbox.gateway.compat.DialectRequest;
import io.signalbox.gateway.compat.Refusal;
import java.util.List;
import java.util.Optional;

/** SendGrid: sending mail. */
public final class SendGridDialect implements Dialect {
  static final String NAME = "sendgrid";

  private final List<DialectCall> calls = List.of(new SendGridSend());

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> hosts() {
    return List.of("api.sendgrid.com", "api.eu.sendgrid.com");
  }

  @Override
  public List<DialectCall> calls() {
    return calls;
  }

  @Override
  public List<DialectField> fields() {
    return SendGridFields.ALL;
  }

  @Override
  public Optional<String> credential(DialectRequest request) {
    return Credentials.bearer(request);
  }

  @Override
  public DialectAnswer refuse(Refusal refusal) {
    return SendGridErrors.answer(refusal);
  }
}
