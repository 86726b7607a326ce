package io.signalbox.loader.check;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which jars may run. Where both lists name something, a jar must satisfy both.
 *
 * @param allow SHA-256 hashes of the jars, hex; empty allows all
 * @param signers who must have signed them: SHA-256 fingerprints of certificates, and paths of PEM
 *     files with certificates, of the signers themselves or of an authority that issues theirs;
 *     empty asks for no signature
 */
public record PluginTrust(Set<String> allow, List<String> signers) {

  /** All jars may run. */
  public static final PluginTrust ALL = new PluginTrust(Set.of(), List.of());

  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  /** Checks the hashes, and brings them to lower case. */
  public PluginTrust {
    allow =
        allow.stream()
            .map(hash -> hash.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    for (String hash : allow) {
      if (!SHA_256.matcher(hash).matches()) {
        throw new IllegalArgumentException("an allowed SHA-256 is 64 hex digits, was " + hash);
      }
    }
    signers = List.copyOf(signers);
  }

  /** Refuses a jar by its hash. */
  void refuseUnlisted(String sha256) throws PluginRefusedException {
    if (!allow.isEmpty() && !allow.contains(sha256)) {
      throw new PluginRefusedException(
          "its SHA-256 is not on the allow list; if the jar is trusted, add " + sha256);
    }
  }
}
