package io.signalbox.gateway.ledger;

import io.vertx.core.buffer.Buffer;
import java.util.Map;

/**
 * An answer that is given again.
 *
 * @param status of HTTP
 * @param headers those that belong to the body and to what was done
 * @param body without secrets
 */
public record KeptAnswer(int status, Map<String, String> headers, Buffer body) {
  /** Copies the headers. */
  public KeptAnswer {
    headers = Map.copyOf(headers);
  }
}
