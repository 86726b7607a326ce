package io.signalbox.gateway.compat.postmark;

import io.signalbox.gateway.compat.Dialect;
import io.signalbox.gateway.compat.DialectAnswer;
import io.signalbox.gateway.compat.DialectCall;
import io.signalbox.gateway.compat.DialectField;
import io.signalbox.gateway.compat.DialectRequest;
import io.signalbox.gateway.compat.Refusal;
import java.util.List;
import java.util.Optional;

/** Postmark: one mail, many mails. */
public final class PostmarkDialect implements Dialect {
  static final String NAME = "postmark";

  private final List<DialectCall> calls = List.of(new PostmarkBatch(), new PostmarkSend());

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> hosts() {
    return List.of("api.postmarkapp.com");
  }

  @Override
  public List<DialectCall> calls() {
    return calls;
  }

  @Override
  public List<DialectField> fields() {
    return PostmarkFields.ALL;
  }

  @Override
  public Optional<String> credential(DialectRequest request) {
    return Optional.ofNullable(request.header("X-Postmark-Server-Token"));
  }

  @Override
  public DialectAnswer refuse(Refusal refusal) {
    return PostmarkErrors.answer(refusal);
  }
}
