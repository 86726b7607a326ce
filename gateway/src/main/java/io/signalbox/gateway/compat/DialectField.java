package io.signalbox.gateway.compat;

/**
 * What becomes of one field of a provider's API.
 *
 * @param call the call that has it, such as {@code mail/send}
 * @param name as the API's documents have it, such as {@code personalizations[].subject}
 * @param treatment what becomes of it
 * @param detail for people: as what it is carried, or why it is refused
 */
public record DialectField(String call, String name, Treatment treatment, String detail) {

  /** What becomes of a field. */
  public enum Treatment {
    /** Whatever provider delivers it, what the field says is done. */
    CARRIED,
    /** Only providers that can do it are candidates. */
    CAPABILITY,
    /** The gateway keeps it and tells it again, in answers and callbacks; no provider sees it. */
    ECHOED,
    /** The provider that delivers has its own; what was asked for is kept and told again. */
    SUBSTITUTED,
    /** The request is refused by the API's own error, which names the field. */
    REFUSED
  }
}
