package io.signalbox.provider.calcom;

import io.signalbox.testkit.Reply;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The account of Cal.com that the tests sign in to, and the form of its answers. */
final class TestAccount {
  static final String API_KEY = "cal_test_0123456789abcdef";
  static final List<String> REQUIRED_KEYS = List.of("api_key");

  private TestAccount() {}

  static JsonObject config(String baseUrl) {
    return new JsonObject().put("api_key", API_KEY).put("base_url", baseUrl);
  }

  /** The documented envelope of an error. */
  static Reply error(int status, String code, String message) {
    return Reply.json(
        status,
        new JsonObject()
            .put("status", "error")
            .put("timestamp", "2026-01-01T00:00:00.000Z")
            .put("path", "/v2/bookings")
            .put("error", new JsonObject().put("code", code).put("message", message)));
  }

  /** The documented envelope of a success. */
  static Reply success(int status, Object data) {
    return Reply.json(status, new JsonObject().put("status", "success").put("data", data));
  }
}
