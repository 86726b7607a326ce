package io.signalbox.gateway.compat.vonage;

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
 * Vonage: the SMS API and the Messages API. The API key of the gateway is the secret: of {@code
 * Basic}, or the parameter {@code api_secret}; or all of {@code Bearer}.
 */
public final class VonageDialect implements Dialect {
  /** The name in paths. */
  public static final String NAME = "vonage";

  private final List<DialectCall> calls = List.of(new SmsCall(), new MessagesCall());

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> hosts() {
    return List.of("rest.nexmo.com", "api.nexmo.com");
  }

  @Override
  public List<DialectCall> calls() {
    return calls;
  }

  @Override
  public List<DialectField> fields() {
    return VonageFields.ALL;
  }

  @Override
  public Optional<String> credential(DialectRequest request) {
    Optional<Credentials.Basic> basic = Credentials.basic(request);
    if (basic.isPresent()) {
      return basic.map(Credentials.Basic::password);
    }
    Optional<String> bearer = Credentials.bearer(request);
    return bearer.isPresent()
        ? bearer.map(VonageCredentials::bearer)
        : VonageCredentials.parameter(request.query()::get);
  }

  @Override
  public Optional<String> credentialInBody(DialectRequest request) {
    return VonageCredentials.parameter(VonageBody.read(request)::getString);
  }

  /** As the Messages API does; the SMS API has a form of its own. */
  @Override
  public DialectAnswer refuse(Refusal refusal) {
    return MessagesErrors.answer(refusal);
  }
}
