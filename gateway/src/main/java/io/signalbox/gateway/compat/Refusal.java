package io.signalbox.gateway.compat;

import java.util.List;

/**
 * Why a request, or a notification of it, is refused.
 *
 * @param status the HTTP status of the gateway's own API for that: 400 malformed, 401 no or a wrong
 *     credential, 403 a credential that may not, 404, 405, 413, 415, 422 mistakes in fields or an
 *     idempotency key of another request, 429 too many requests or a quota that is used up, 500,
 *     503
 * @param kind what the status alone does not say
 * @param detail for the client
 * @param mistakes by field, in the dialect's own names; empty where no field is at fault
 * @param retryAfterSeconds when to try again; 0 if that is not known
 */
public record Refusal(
    int status, Kind kind, String detail, List<Mistake> mistakes, long retryAfterSeconds) {
  /** How the detail of a mistake begins if the field is not there at all. */
  public static final String REQUIRED = "is required";

  /** Copies the list. */
  public Refusal {
    mistakes = List.copyOf(mistakes);
  }

  /** What providers tell apart and statuses do not. */
  public enum Kind {
    /** The status says all. */
    PLAIN,
    /** 401: the request shows no credential at all. */
    NO_CREDENTIAL,
    /** 422: the idempotency key was used with another request. */
    KEY_REUSED,
    /** 422: no provider of the gateway may send from the address of the sender. */
    UNKNOWN_SENDER,
    /** 429: a quota of notifications is used up, which does not pass within seconds. */
    QUOTA
  }

  /** A refusal whose status says all. */
  public Refusal(int status, String detail, List<Mistake> mistakes, long retryAfterSeconds) {
    this(status, Kind.PLAIN, detail, mistakes, retryAfterSeconds);
  }

  /** A refusal that is nobody's field. */
  public Refusal(int status, String detail) {
    this(status, Kind.PLAIN, detail, List.of(), 0);
  }

  /** A refusal of a kind that is nobody's field. */
  public Refusal(int status, Kind kind, String detail) {
    this(status, kind, detail, List.of(), 0);
  }

  /** One field is at fault. */
  public static Refusal of(String field, String detail) {
    return new Refusal(422, "the request has mistakes", List.of(new Mistake(field, detail)), 0);
  }

  /** Several fields are at fault. */
  public static Refusal of(List<Mistake> mistakes) {
    return new Refusal(422, "the request has mistakes", mistakes, 0);
  }

  /** The mistake that is told where only one can be. */
  public Mistake first() {
    return mistakes.isEmpty() ? new Mistake("", detail) : mistakes.get(0);
  }

  /**
   * A mistake.
   *
   * @param field in the dialect's own name; empty for the request as a whole
   * @param detail what would be right, as a sentence part: "must be a text"
   */
  public record Mistake(String field, String detail) {

    /** Whether the field is not there at all. */
    public boolean isMissing() {
      return detail.startsWith(REQUIRED);
    }

    /** As a sentence. */
    public String text() {
      return field.isEmpty() ? detail : field + " " + detail;
    }
  }
}
