package io.signalbox.provider.vonage;

import io.signalbox.testkit.BasicAuth;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The account of Vonage that the tests sign in with. */
final class TestAccount {
  private static final String KEY = "abcd1234";
  private static final String SECRET = "hush-hush-api-secret";
  static final List<String> REQUIRED_KEYS = List.of("api_key", "api_secret", "from");

  private TestAccount() {}

  static JsonObject config(String baseUrl) {
    return new JsonObject()
        .put("api_key", KEY)
        .put("api_secret", SECRET)
        .put("from", "AcmeInc")
        .put("base_url", baseUrl);
  }

  /** The same with the Messages API, which an application signs in to. */
  static JsonObject applicationConfig(String baseUrl) {
    return messagesConfig(baseUrl)
        .put("application_id", TestApplication.ID)
        .put("private_key", TestApplication.pem());
  }

  /** The same with the Messages API, which the account signs in to. */
  static JsonObject messagesConfig(String baseUrl) {
    return config(baseUrl).put("api", "messages");
  }

  /** How the account's requests are signed in. */
  static String authorization() {
    return BasicAuth.of(KEY, SECRET);
  }

  static List<String> secrets() {
    return List.of(SECRET, authorization());
  }

  /** Those of an application, with a piece of its key. */
  static List<String> applicationSecrets() {
    return List.of(SECRET, TestApplication.pem().substring(40, 80), "Bearer ey");
  }
}
