package io.signalbox.gateway.compat;

import java.util.List;

/**
 * Why a request, or a notification of it, is refused.
 *
 * @param status the HTTP status of the gateway's own API for that: 400 malformed, 401 no or a wrong
 *     credential, 403 a credential that may not, 404, 405, 413, 415, 422 mistakes in fields or an
 *     idempotency key of another request, 429 too many requests or a quota that is used up, 500,
 *     503
 * @param detail for the client
 * @param mistakes by field, in the dialect's own names; empty where no field is at fault
 * @param retryAfterSeconds when to try again; 0 if that is not known
 */
public record Refusal(int status, String detail, List<Mistake> mistakes, long retryAfterSeconds) {
  /** Copies the list. */
  public Refusal {
    mistakes = List.copyOf(mistakes);
  }

  /** A refusal that is nobody's field. */
  public Refusal(int status, String detail) {
    this(status, detail, List.of(), 0);
  }

  /** One field is at fault. */
  public static Refusal of(String field, String detail) {
    return new Refusal(422, "the request has mistakes", List.of(new Mistake(field, detail)), 0);
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

    /** As a sentence. */
    public String text() {
      return field.isEmpty() ? detail : field + " " + detail;
    }
  }
}
