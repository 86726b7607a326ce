package io.signalbox.simulator.ses;

import io.signalbox.simulator.core.Answer;
import io.signalbox.simulator.core.Failure;
import io.vertx.core.json.JsonObject;

/** SES's error answers: the type stands in a header, the text in the body. */
final class SesErrors {
  private static final String NAMESPACE = ":http://internal.amazon.com/coral/com.amazonaws.ses/";

  private SesErrors() {}

  static Answer of(int status, String type, String message) {
    return Answer.json(status, new JsonObject().put("message", message))
        .with("x-amzn-ErrorType", type + NAMESPACE);
  }

  static Answer badRequest(String message) {
    return of(400, "BadRequestException", message);
  }

  static Answer of(Failure failure) {
    return switch (failure) {
      case ERROR -> of(500, "InternalServiceErrorException", "The request could not be processed.");
      case UNAVAILABLE -> of(503, "ServiceUnavailable", "The service is unavailable.");
      case THROTTLE -> of(429, "TooManyRequestsException", "Maximum sending rate exceeded.");
      case TOO_LARGE -> badRequest("The message is too large.");
    };
  }
}
