package io.signalbox.gateway.compat.resend;

import io.signalbox.gateway.compat.Credentials;
import io.signalbox.gateway.compat.Dialect;
import io.signalbox.gateway.compat.DialectAnswer;
import io.signalbox.gateway.compat.DialectCall;
import io.signalbox.gateway.compat.DialectField;
import io.signalbox.gateway.compat.DialectRequest;
import io.signalbox.gateway.compat.Refusal;
import java.util.List;
import java.util.Optional;

/** Resend: one mail, many mails, what became of one. */
public final class ResendDialect implements Dialect {
  static final String NAME = "resend";

  private final List<DialectCall> calls =
      List.of(new ResendBatch(), new ResendSend(), new ResendFetch());

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> hosts() {
    return List.of("api.resend.com");
  }

  @Override
  public List<DialectCall> calls() {
    return calls;
  }

  @Override
  public List<DialectField> fields() {
    return ResendFields.ALL;
  }

  @Override
  public Optional<String> credential(DialectRequest request) {
    return Credentials.bearer(request);
  }

  @Override
  public DialectAnswer refuse(Refusal refusal) {
    return ResendErrors.answer(refusal);
  }
}
