package com.example.acme;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** The account of Acme that the tests sign in with. */
final class TestAccount {
  static final String KEY = "secret-key";
  static final List<String> REQUIRED_KEYS = List.of("api_key", "from");

  private TestAccount() {}

  static JsonObject config(String baseUrl) {
    return new JsonObject()
        .put("base_url", baseUrl)
        .put("api_key", KEY)
        .put("from", "orders@example.com");
  }
}
