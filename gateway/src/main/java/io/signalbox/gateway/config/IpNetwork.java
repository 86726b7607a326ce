package io.signalbox.gateway.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A range of addresses, IPv4 or IPv6.
 *
 * @param address any address of it
 * @param prefixBits how many leading bits all of its addresses share
 */
public record IpNetwork(InetAddress address, int prefixBits) {
  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
  private static final Pattern LITERAL =
      Pattern.compile("(" + OCTET + "\\.){3}" + OCTET + "|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*");

  /** Reads {@code 10.0.0.0/8} or {@code fd00::/8}; empty if it is neither. */
  public static Optional<IpNetwork> parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || text.indexOf('%') >= 0) {
      return Optional.empty();
    }
    String digits = text.substring(slash + 1);
    if (!digits.matches("[0-9]{1,3}")) {
      return Optional.empty();
    }
    int bits = Integer.parseInt(digits);
    return literal(text.substring(0, slash))
        .filter(address -> bits <= address.getAddress().length * 8)
        .map(address -> new IpNetwork(address, bits));
  }

  /** Not by Netty, which makes loggers before the configuration has said how to log. */
  private static Optional<InetAddress> literal(String text) {
    try {
      // Whatever is no literal would be looked up.
      return LITERAL.matcher(text).matches()
          ? Optional.of(InetAddress.getByName(text))
          : Optional.empty();
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** Whether an address belongs to it. */
  public boolean contains(InetAddress candidate) {
    byte[] one = address.getAddress();
    byte[] other = candidate.getAddress();
    if (one.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < prefixBits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if (((one[bit / 8] ^ other[bit / 8]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return address.getHostAddress() + "/" + prefixBits;
  }
}
