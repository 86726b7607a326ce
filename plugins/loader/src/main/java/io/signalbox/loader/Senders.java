package io.signalbox.loader;

import io.signalbox.spi.ConfigReader;
import io.vertx.core.json.JsonObject;
import java.net.IDN;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * From which mail addresses a provider's account may send: mails from others it would refuse, and
 * that would look as if the provider could not work.
 *
 * @param entries addresses, domains, or {@value #ANY} for all, in lower case; a domain stands for
 *     the addresses at exactly it
 */
public record Senders(Set<String> entries) {
  /** Of a provider that is not known to have a sender. */
  public static final Senders NONE = new Senders(Set.of());

  private static final String ANY = "*";
  private static final Pattern DOMAIN = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");
  private static final Pattern ADDRESS =
      Pattern.compile("[\\x21-\\x7e&&[^@<>]]{1,64}@" + DOMAIN.pattern());

  /** Copies the set. */
  public Senders {
    entries = Set.copyOf(entries);
  }

  /** Those of names that were checked before. */
  public static Senders of(Collection<String> entries) {
    return entries.isEmpty() ? NONE : new Senders(new HashSet<>(entries));
  }

  /** Whether mails may go out from an address. */
  public boolean allow(String address) {
    if (entries.contains(ANY)) {
      return true;
    }
    String wanted = address.toLowerCase(Locale.ROOT);
    return entries.contains(wanted) || entries.contains(domain(wanted));
  }

  /**
   * Reads {@code senders} of a provider file: a domain, an address or a list of such. Without it
   * the domain of {@code config.from} is allowed; with it, the address in {@code config.from} is
   * too.
   *
   * @param config the {@code config} block
   */
  static Senders read(ConfigReader reader, JsonObject config) {
    List<String> given = reader.texts("senders");
    String own = ownAddress(config);
    Set<String> entries = new HashSet<>();
    for (String text : given) {
      String entry = text.strip().toLowerCase(Locale.ROOT);
      if (ANY.equals(entry)
          || DOMAIN.matcher(entry).matches()
          || ADDRESS.matcher(entry).matches()) {
        entries.add(entry);
      } else {
        reader.problem(
            "senders",
            "must be domains or mail addresses, in ASCII, such as example.com, or \"*\" for all");
      }
    }
    if (!own.isEmpty()) {
      entries.add(given.isEmpty() ? domain(own) : own);
    }
    return of(entries);
  }

  /** The address in {@code config.from}, with or without a name beside it; empty if none is. */
  private static String ownAddress(JsonObject config) {
    String from = config.getValue("from") instanceof String text ? text.strip() : "";
    String address = from.substring(from.lastIndexOf('<') + 1).replace(">", "").strip();
    try {
      int at = address.lastIndexOf('@');
      return at < 1
          ? ""
          : (address.substring(0, at + 1) + IDN.toASCII(domain(address))).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static String domain(String address) {
    return address.substring(address.lastIndexOf('@') + 1);
  }
}
