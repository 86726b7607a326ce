package io.signalbox.provider.postmark;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** The server of Postmark that the tests sign in to. */
final class TestAccount {
  static final String TOKEN = "2f1a2b3c-0000-4000-8000-1234567890ab";
  static final List<String> REQUIRED_KEYS = List.of("server_token", "from");

  private TestAccount() {}

  static JsonObject config(String baseUrl) {
    return new JsonObject()
        .put("server_token", TOKEN)
        .put("from", "Orders <orders@example.com>")
        .put("base_url", baseUrl);
  }
}
