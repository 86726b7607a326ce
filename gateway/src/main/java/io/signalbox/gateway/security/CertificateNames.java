package io.signalbox.gateway.security;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * What a certificate says that its owner is called: {@code uri:} and {@code dns:} of its
 * alternative names (RFC 5280, 4.2.1.6), then {@code cn:} of its subject. Pure.
 */
final class CertificateNames {
  private static final int DNS = 2;
  private static final int URI = 6;

  private CertificateNames() {}

  /** All names, URIs first; none where the certificate cannot be read. */
  static List<String> of(X509Certificate certificate) {
    List<String> names = new ArrayList<>();
    try {
      Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
      if (alternatives != null) {
        add(names, alternatives, URI, "uri:");
        add(names, alternatives, DNS, "dns:");
      }
      for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
        if ("cn".equalsIgnoreCase(part.getType()) && part.getValue() instanceof String name) {
          names.add("cn:" + name);
        }
      }
      return names;
    } catch (CertificateParsingException | InvalidNameException e) {
      return List.of();
    }
  }

  private static void add(
      List<String> names, Collection<List<?>> alternatives, int kind, String prefix) {
    for (List<?> each : alternatives) {
      if (each.get(0) instanceof Integer its && its == kind && each.get(1) instanceof String name) {
        names.add(prefix + (kind == DNS ? name.toLowerCase(Locale.ROOT) : name));
      }
    }
  }
}
