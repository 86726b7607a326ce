package io.signalbox.provider.fivesim;

import io.vertx.core.json.JsonObject;

/** An account of tests. */
final class TestAccount {
  static final String TOKEN = "eyJhbGciOiJSUzUxMiJ9.secret-token.signature";

  private TestAccount() {}

  static JsonObject config(String baseUrl) {
    return new JsonObject().put("token", TOKEN).put("currency", "USD").put("base_url", baseUrl);
  }
}
