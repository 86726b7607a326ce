package io.signalbox.gateway.callback;

import io.netty.util.NetUtil;
import io.signalbox.gateway.config.IpNetwork;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses callbacks may go to: public ones, and those of networks that the configuration
 * allows. IPv6 addresses that only stand for an IPv4 address are judged as that one.
 */
public final class AddressRules {
  /** What IANA's registries of special-purpose addresses do not give out as globally reachable. */
  private static final List<IpNetwork> NOT_PUBLIC =
      networks(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "192.168.0.0/16",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/4",
          "240.0.0.0/4",
          "2001::/23",
          "2001:db8::/32",
          "3fff::/20");

  /** All IPv6 that is public lies in here: not loopback, link-local, unique-local, multicast. */
  private static final IpNetwork GLOBAL_UNICAST = network("2000::/3");

  private static final IpNetwork NAT64 = network("64:ff9b::/96");
  private static final IpNetwork SIX_TO_FOUR = network("2002::/16");
  private static final IpNetwork MAPPED_OR_COMPATIBLE = network("::/80");
  private static final IpNetwork TRANSLATED = network("::ffff:0:0:0/96");

  private final List<IpNetwork> allowed;

  /** Makes rules with exceptions. */
  public AddressRules(List<IpNetwork> allowed) {
    this.allowed = List.copyOf(allowed);
  }

  /** Whether a callback may go there. */
  public boolean allow(InetAddress address) {
    InetAddress meant = meant(address);
    if (contained(allowed, meant) || contained(allowed, address)) {
      return true;
    }
    return !contained(NOT_PUBLIC, meant)
        && (meant instanceof Inet4Address || GLOBAL_UNICAST.contains(meant));
  }

  /** The IPv4 address that an IPv6 address stands for, or the address itself. */
  private static InetAddress meant(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length == 4) {
      return address;
    }
    if (SIX_TO_FOUR.contains(address)) {
      return ipv4(bytes, 2);
    }
    boolean embedded =
        NAT64.contains(address)
            || TRANSLATED.contains(address)
            || (MAPPED_OR_COMPATIBLE.contains(address) && !isLocal(bytes));
    return embedded ? ipv4(bytes, 12) : address;
  }

  /** :: and ::1 stand for themselves. */
  private static boolean isLocal(byte[] bytes) {
    for (int i = 0; i < 15; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return bytes[15] == 0 || bytes[15] == 1;
  }

  private static InetAddress ipv4(byte[] bytes, int from) {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }

  private static boolean contained(List<IpNetwork> networks, InetAddress address) {
    for (IpNetwork network : networks) {
      if (network.contains(address)) {
        return true;
      }
    }
    return false;
  }

  private static List<IpNetwork> networks(String... texts) {
    return Arrays.stream(texts).map(AddressRules::network).toList();
  }

  private static IpNetwork network(String text) {
    return IpNetwork.parse(text).orElseThrow();
  }

  /** The address that a literal names, without asking anybody; null if it is none. */
  static @Nullable InetAddress literal(String host) {
    if (host.indexOf(':') < 0) {
      return NetUtil.createInetAddressFromIpAddressString(host);
    }
    try {
      // In brackets it is an address or nothing: no resolver is asked.
      return host.indexOf('%') < 0 ? InetAddress.getAllByName("[" + host + "]")[0] : null;
    } catch (UnknownHostException e) {
      return null;
    }
  }
}
