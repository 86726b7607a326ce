package io.signalbox.provider.resend;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** The account of Resend that the tests sign in with. */
final class TestAccount {
  static final String KEY = "re_secret-key";
  static final List<String> REQUIRED_KEYS = List.of("api_key", "from");

  private TestAccount() {}

  static JsonObject config(String baseUrl) {
    return new JsonObject()
        .put("api_key", KEY)
        .put("base_url", baseUrl)
        .put("from", "Orders <orders@example.com>");
  }
}
