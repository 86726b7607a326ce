package io.signalbox.simulator.vonage;

import io.signalbox.simulator.core.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * Why the SMS API does not take a message; the HTTP status is 200 all the same.
 *
 * @param code the provider's status
 * @param text the provider's error-text
 */
record SmsStatus(int code, String text) {
  static final SmsStatus BAD_CREDENTIALS = new SmsStatus(4, "Bad Credentials");
  static final SmsStatus INTERNAL_ERROR = new SmsStatus(5, "Internal Error");
  static final SmsStatus INVALID_MESSAGE = new SmsStatus(6, "Invalid Message");
  static final SmsStatus NUMBER_BARRED = new SmsStatus(7, "Number barred");
  static final SmsStatus TOO_LONG = new SmsStatus(12, "Message too long");
  static final SmsStatus INVALID_SIGNATURE = new SmsStatus(14, "Invalid Signature");
  static final SmsStatus INVALID_SENDER = new SmsStatus(15, "Invalid sender address");
  static final SmsStatus INVALID_CALLBACK = new SmsStatus(23, "Invalid callback URL");
  static final SmsStatus SIGNED_AND_SECRET =
      new SmsStatus(32, "Signature and api_secret both given");

  static SmsStatus missing(String parameter) {
    return new SmsStatus(2, "Missing " + parameter + " param");
  }

  static SmsStatus invalid(String parameter) {
    return new SmsStatus(3, "Invalid " + parameter + " param");
  }

  static SmsStatus throttled(int retryAfterSeconds) {
    long millis = 1000L * Math.max(1, retryAfterSeconds);
    return new SmsStatus(1, "Throughput Rate Exceeded - please wait [ " + millis + " ] and retry");
  }

  Answer answer() {
    JsonObject message =
        new JsonObject().put("status", Integer.toString(code)).put("error-text", text);
    return Answer.json(
        200,
        new JsonObject().put("message-count", "1").put("messages", new JsonArray().add(message)));
  }
}
