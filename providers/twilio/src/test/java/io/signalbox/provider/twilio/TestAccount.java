package io.signalbox.provider.twilio;

import io.signalbox.testkit.BasicAuth;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The account of Twilio that the tests sign in with. */
final class TestAccount {
  static final String SID = "AC00000000000000000000000000000000";
  static final String TOKEN = "0123456789abcdef0123456789abcdef";
  static final List<String> REQUIRED_KEYS = List.of("account_sid", "auth_token", "from");

  private TestAccount() {}

  static JsonObject config(String baseUrl) {
    return new JsonObject()
        .put("account_sid", SID)
        .put("auth_token", TOKEN)
        .put("from", "+15017250604")
        .put("base_url", baseUrl);
  }

  /** How requests are signed in. */
  static String authorization() {
    return BasicAuth.of(SID, TOKEN);
  }

  static List<String> secrets() {
    return List.of(TOKEN, authorization());
  }
}
