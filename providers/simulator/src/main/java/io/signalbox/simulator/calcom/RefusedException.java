package io.signalbox.simulator.calcom;

/** A request that Cal.com refuses, and how. Has no stack trace: it is no bug. */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final String sentence;

  private RefusedException(int status, String code, String sentence) {
    super(sentence, null, false, false);
    this.status = status;
    this.code = code;
    this.sentence = sentence;
  }

  static RefusedException invalid(String message) {
    return new RefusedException(400, "BadRequestException", message);
  }

  static RefusedException taken() {
    return invalid("User either already has booking at this time or is not available");
  }

  static RefusedException past() {
    return invalid("Attempting to book a meeting in the past.");
  }

  static RefusedException badKey() {
    return new RefusedException(401, "UnauthorizedException", "Invalid API Key");
  }

  static RefusedException noRoute(String asked) {
    return new RefusedException(404, "NotFoundException", "Cannot " + asked);
  }

  static RefusedException noEventType(String named) {
    return new RefusedException(
        404, "NotFoundException", "Event type with " + named + " not found.");
  }

  static RefusedException noBooking(String uid) {
    return new RefusedException(
        404, "NotFoundException", "Booking with uid=" + uid + " was not found.");
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  String sentence() {
    return sentence;
  }
}
