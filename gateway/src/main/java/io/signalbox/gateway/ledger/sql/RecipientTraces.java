package io.signalbox.gateway.ledger.sql;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds a recipient in texts of others: as it is, as in URLs and forms, a number without its +. */
final class RecipientTraces {
  private final Pattern pattern;

  /** Looks for an address in the form of {@link io.signalbox.gateway.ledger.Addressee#normal}. */
  RecipientTraces(String address) {
    Set<String> forms = new LinkedHashSet<>();
    forms.add(address);
    forms.add(URLEncoder.encode(address, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT));
    if (address.startsWith("+")) {
      forms.add(address.substring(1));
    }
    this.pattern =
        Pattern.compile(
            // Not as a part of a longer address or number.
            "(?<![\\w.%+-])(?:\\+|%2b)?(?:"
                + forms.stream().map(Pattern::quote).collect(Collectors.joining("|"))
                + ")(?![\\w-]|\\.\\w)",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  /** Whether a text names it. */
  boolean in(String text) {
    return pattern.matcher(text).find();
  }
}
