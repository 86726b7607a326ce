package io.signalbox.gateway.api;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The types of problems (RFC 9457). Each is the path at which the gateway explains it; it never
 * changes its meaning. docs/errors.md lists them too.
 */
enum ProblemType {
  MALFORMED_REQUEST(400, "The request is not well formed", "Correct it; the detail says where."),
  UNAUTHENTICATED(
      401, "No valid credential", "Send a valid token or API key; audit_log says why one is not."),
  FORBIDDEN(
      403,
      "The call is not allowed",
      "Use a credential with a role and a scope that the call names, or open the call in the"
          + " configuration."),
  NOT_FOUND(404, "There is no such thing", "Look at the path and the id."),
  METHOD_NOT_ALLOWED(405, "The path has no such method", "The header Allow has those it has."),
  NOT_ACCEPTABLE(
      406, "No answer of a media type that is accepted", "Allow application/json in Accept."),
  BODY_TOO_SLOW(408, "The body did not come in time", "Send it again."),
  CONFLICT(409, "Something stands in the way", "The detail says what, and whether it passes."),
  IDEMPOTENCY_KEY_IN_USE(
      409,
      "The first request with this key is under way",
      "Try again after Retry-After; the first answer is given then."),
  IDEMPOTENCY_OUTCOME_UNKNOWN(
      409,
      "What the first request with this key did is not known",
      "It broke off and may have been done: look, and use another key to do it again."),
  TOO_LATE_TO_CANCEL(
      409,
      "The notification is sent or has ended",
      "Nothing can be done; the member state says how it stands."),
  OUT_OF_STOCK(
      409,
      "Nobody has it, or not at this price",
      "Nothing was done; the member attempts says who was asked. Try later, or allow more."),
  SLOT_TAKEN(409, "The time is taken", "Nothing was done; ask for another time, with another key."),
  PRECONDITION_FAILED(
      412, "Somebody else was first", "Read it again, and decide with its new ETag."),
  BODY_TOO_LARGE(413, "The body is too large", "Send less at a time."),
  URI_TOO_LONG(414, "The URI is too long", "Send filters in a body where a call takes them."),
  UNSUPPORTED_MEDIA_TYPE(415, "The body's media type is not taken", "Send what the detail names."),
  EXPECTATION_FAILED(417, "An expectation that is not met", "Leave the header Expect out."),
  MISDIRECTED(
      421, "The server has no such host name", "Look at compat.dialects and the dialects' hosts."),
  INVALID_FIELDS(
      422, "What was sent has mistakes", "Correct what detail and errors name; nothing was done."),
  REFUSED_BY_PROVIDER(
      422,
      "The provider refuses this for good",
      "Ask for something else: the members provider_code and provider_message say why."),
  IDEMPOTENCY_KEY_REUSED(
      422, "The key was used with another request", "Use a key of its own for each request."),
  RATE_LIMITED(
      429, "Too many requests", "Try again after Retry-After; the header RateLimit says more."),
  QUOTA_EXCEEDED(
      429,
      "A quota is used up",
      "Wait for the next day or month (Retry-After), or have the quota raised."),
  HEADERS_TOO_LARGE(431, "The headers are too large", "Send fewer or shorter ones."),
  INTERNAL_ERROR(500, "A bug", "The log has it under the correlation id; to try again may help."),
  NOT_IMPLEMENTED(501, "The protocol has no such thing here", "Do without it."),
  PROVIDER_FAILED(
      502,
      "The provider did not do it",
      "Nothing was done; a person has to look after the provider."),
  UNAVAILABLE(
      503,
      "Not now",
      "Try again after Retry-After: the backlog, the disk, the ledger or a limit is in the way."),
  PROVIDER_UNAVAILABLE(
      503,
      "No provider can do it now",
      "Nothing was done; try again after Retry-After, or have it queued where the call can."),
  TIMED_OUT(504, "A part of the gateway did not answer in time", "Look, and try again."),
  OUTCOME_UNKNOWN(
      504,
      "Nobody knows whether the provider did it",
      "It may have been done: look before you do it again.");

  static final String PATH = "/problems";

  private final int status;
  private final String title;
  private final String advice;

  ProblemType(int status, String title, String advice) {
    this.status = status;
    this.title = title;
    this.advice = advice;
  }

  /** The HTTP status that it comes with. */
  int status() {
    return status;
  }

  /** What it is, in words that are the same each time. */
  String title() {
    return title;
  }

  /** What to do about it. */
  String advice() {
    return advice;
  }

  /** The last part of its URI. */
  String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The member {@code type}: a path of the gateway itself. */
  String uri() {
    return PATH + "/" + slug();
  }

  /** The first type of a status: what is said where nothing more is known. */
  static Optional<ProblemType> of(int status) {
    return Stream.of(values()).filter(type -> type.status == status).findFirst();
  }

  /** By the last part of its URI. */
  static Optional<ProblemType> of(String slug) {
    return Stream.of(values()).filter(type -> type.slug().equals(slug)).findFirst();
  }
}
