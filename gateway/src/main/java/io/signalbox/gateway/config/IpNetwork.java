package io.signalbox.gateway.config;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.Optional;

/**
 * A range of addresses, IPv4 or IPv6.
 *
 * @param address any address of it
 * @param prefixBits how many leading bits all of its addresses share
 */
public record IpNetwork(InetAddress address, int prefixBits) {

  /** Reads {@code 10.0.0.0/8} or {@code fd00::/8}; empty if it is neither. */
  public static Optional<IpNetwork> parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || text.indexOf('%') >= 0) {
      return Optional.empty();
    }
    InetAddress address = NetUtil.createInetAddressFromIpAddressString(text.substring(0, slash));
    String digits = text.substring(slash + 1);
    if (address == null || !digits.matches("[0-9]{1,3}")) {
      return Optional.empty();
    }
    int bits = Integer.parseInt(digits);
    return bits > address.getAddress().length * 8
        ? Optional.empty()
        : Optional.of(new IpNetwork(address, bits));
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
