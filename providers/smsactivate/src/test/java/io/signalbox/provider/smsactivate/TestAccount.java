package io.signalbox.provider.smsactivate;

import io.signalbox.testkit.Reply;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The account of these tests. */
final class TestAccount {
  static final String API_KEY = "a1b2c3d4e5f60718293a4b5c6d7e8f90";
  static final List<String> REQUIRED_KEYS = List.of("api_key", "base_url", "currency");

  private TestAccount() {}

  static JsonObject config(String baseUrl) {
    return new JsonObject().put("api_key", API_KEY).put("base_url", baseUrl).put("currency", "USD");
  }

  /** An answer in plain text with status 200, as most are. */
  static Reply text(String text) {
    return text(200, text);
  }

  static Reply text(int status, String text) {
    return Reply.of(status, "text/plain", Buffer.buffer(text));
  }
}
