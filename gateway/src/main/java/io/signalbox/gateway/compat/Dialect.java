package io.signalbox.gateway.compat;

import java.util.List;
import java.util.Optional;

/** One provider's API as applications know it. Pure and thread-safe. */
public interface Dialect {

  /** The name in paths and in the configuration: lower-case letters and {@code -}. */
  String name();

  /**
   * The hosts of the real API, which requests come for in transparent mode; each of one dialect. A
   * label in braces stands for any, as {@link HostTable} has it.
   */
  List<String> hosts();

  /** Its calls. */
  List<DialectCall> calls();

  /** What becomes of each field that the API documents; a field that is not here is refused. */
  List<DialectField> fields();

  /**
   * The API key that a request shows in its head, without a look at its body.
   *
   * @param request with an empty body
   * @return empty if there is none
   * @throws RefusedException if it is one that can never be the gateway's
   */
  Optional<String> credential(DialectRequest request);

  /**
   * The API key that a request shows in its body; asked only of calls that {@linkplain
   * DialectCall.Sending#hasCredentialInBody have one there}, where the head shows none.
   */
  default Optional<String> credentialInBody(DialectRequest request) {
    return Optional.empty();
  }

  /** A refusal in the form that the API itself gives its own. */
  DialectAnswer refuse(Refusal refusal);
}
