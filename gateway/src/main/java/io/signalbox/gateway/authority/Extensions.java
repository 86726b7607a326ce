package io.signalbox.gateway.authority;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Collection;

/** The extensions of RFC 5280 that say what a certificate is good for. */
final class Extensions {
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;
  private static final int DIGITAL_SIGNATURE = 0x80;
  private static final int SIGNS_CERTIFICATES_AND_LISTS = 0x06;

  private Extensions() {}

  /** For an authority that vouches for servers alone, and only for those of these names. */
  static byte[] ofAuthority(PublicKey own, Collection<String> domains) {
    return Der.sequence(
        critical("2.5.29.19", Der.sequence(Der.isTrue(), Der.integer(BigInteger.ZERO))),
        critical("2.5.29.15", Der.flags(SIGNS_CERTIFICATES_AND_LISTS)),
        critical("2.5.29.30", constraints(domains)),
        plain("2.5.29.14", Der.octets(id(own))));
  }

  /** For a server of these host names. */
  static byte[] ofServer(PublicKey own, PublicKey authority, Collection<String> hosts) {
    return Der.sequence(
        critical("2.5.29.19", Der.sequence()),
        critical("2.5.29.15", Der.flags(DIGITAL_SIGNATURE)),
        plain("2.5.29.37", Der.sequence(Der.oid("1.3.6.1.5.5.7.3.1"))),
        plain(
            "2.5.29.17",
            Der.sequence(hosts.stream().map(host -> name(host)).toArray(byte[][]::new))),
        plain("2.5.29.14", Der.octets(id(own))),
        plain("2.5.29.35", Der.sequence(Der.implicit(0, id(authority)))));
  }

  /** Names at and under the domains; no address at all, of IPv4 or IPv6. */
  private static byte[] constraints(Collection<String> domains) {
    byte[][] permitted =
        domains.stream().map(domain -> Der.sequence(name(domain))).toArray(byte[][]::new);
    return Der.sequence(
        Der.explicit(0, permitted),
        Der.explicit(
            1,
            Der.sequence(Der.implicit(IP_ADDRESS, new byte[8])),
            Der.sequence(Der.implicit(IP_ADDRESS, new byte[32]))));
  }

  private static byte[] name(String host) {
    return Der.implicit(DNS_NAME, host.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] critical(String oid, byte[] value) {
    return Der.sequence(Der.oid(oid), Der.isTrue(), Der.octets(value));
  }

  private static byte[] plain(String oid, byte[] value) {
    return Der.sequence(Der.oid(oid), Der.octets(value));
  }

  private static byte[] id(PublicKey key) {
    try {
      return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()), 20);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
