package io.signalbox.gateway.authority;

import java.io.IOException;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.Arrays;

/** Whom an authority may vouch for, by the constraints in its certificate. */
final class Vouching {
  private static final String NAME_CONSTRAINTS = "2.5.29.30";

  private Vouching() {}

  /** Whether all names of a server are within the constraints, as the JDK reads them. */
  static boolean covers(X509Certificate authority, X509Certificate server) throws IOException {
    byte[] wrapped = authority.getExtensionValue(NAME_CONSTRAINTS);
    if (wrapped == null) {
      return true;
    }
    // The extension stands in an octet string.
    int head = (wrapped[1] & 0x80) == 0 ? 2 : 2 + (wrapped[1] & 0x7f);
    X509CertSelector selector = new X509CertSelector();
    selector.setNameConstraints(Arrays.copyOfRange(wrapped, head, wrapped.length));
    return selector.match(server);
  }
}
