package io.signalbox.provider.mailgun;

import io.signalbox.testkit.BasicAuth;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The account of Mailgun that the tests sign in with. */
final class TestAccount {
  static final String KEY = "key-3ax6xnjp29jd6fds4gc373sgvjxteol0";
  static final List<String> REQUIRED_KEYS = List.of("api_key", "domain", "from");

  private TestAccount() {}

  static JsonObject config(String baseUrl) {
    return new JsonObject()
        .put("api_key", KEY)
        .put("domain", "mg.example.com")
        .put("from", "Orders <orders@mg.example.com>")
        .put("base_url", baseUrl);
  }

  /** How requests are signed in. */
  static String authorization() {
    return BasicAuth.of("api", KEY);
  }

  static List<String> secrets() {
    return List.of(KEY, authorization());
  }
}
