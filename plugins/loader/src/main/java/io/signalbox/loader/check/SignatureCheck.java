package io.signalbox.loader.check;

import java.security.CodeSigner;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/**
 * Judges whom a jar comes from: each entry, but for those that hold the signatures themselves, must
 * be signed by one of the trusted signers, and nothing that was signed may be missing. Time stamps
 * of a signature do not count: its certificate must be valid when the jar is taken.
 */
final class SignatureCheck {
  private SignatureCheck() {}

  /**
   * Refuses a jar that is not signed as it must be.
   *
   * @param content as it was read, so that the signatures fit the entries
   * @param manifest names what was signed
   * @param names the names of all entries
   */
  static void check(
      JarContent content, Manifest manifest, Set<String> names, Signers trusted, Instant now)
      throws PluginRefusedException {
    Map<List<CodeSigner>, String> signedBy = content.signedBy();
    String unsigned = signedBy.get(List.<CodeSigner>of());
    if (unsigned != null && signedBy.size() == 1) {
      throw new PluginRefusedException(
          "is not signed, and plugins.signers asks for it; sign it with jarsigner");
    }
    if (unsigned != null) {
      throw new PluginRefusedException(
          "is signed in parts only, its entry "
              + unsigned
              + " was added later; build it anew and sign the whole jar");
    }
    for (Map.Entry<String, Attributes> section : manifest.getEntries().entrySet()) {
      if (isDigest(section.getValue()) && !names.contains(section.getKey())) {
        throw new PluginRefusedException(
            "lacks the entry "
                + section.getKey()
                + ", which was there when it was signed; copy it anew");
      }
    }
    for (List<CodeSigner> signers : signedBy.keySet()) {
      refuseOthers(signers, trusted, now);
    }
  }

  private static boolean isDigest(Attributes section) {
    return section.keySet().stream().anyMatch(key -> key.toString().endsWith("-Digest"));
  }

  private static void refuseOthers(List<CodeSigner> signers, Signers trusted, Instant now)
      throws PluginRefusedException {
    String refusal = "";
    for (CodeSigner signer : signers) {
      Optional<String> found = SignerChain.of(signer.getSignerCertPath()).refusal(trusted, now);
      if (found.isEmpty()) {
        return;
      }
      refusal = refusal.isEmpty() ? found.get() : refusal;
    }
    throw new PluginRefusedException(refusal);
  }
}
