package io.signalbox.gateway.connection;

import io.netty.util.NetUtil;
import io.signalbox.gateway.config.HttpSettings.ForwardedHeader;
import io.signalbox.gateway.config.HttpSettings.Proxies;
import io.signalbox.gateway.config.IpNetwork;
import io.vertx.core.MultiMap;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where requests come from that proxies pass on. Each proxy adds the address that it was called
 * from at the end of a header; so from the end on it is gone back as long as who added an address
 * is trusted. What callers write into the header themselves stands before that and counts nothing;
 * also not a quote that they leave open: parts end at each comma, which no address has. Nor does
 * what they write elsewhere, such as a host name that a proxy repeats in quotes: an element that is
 * not exactly of the form of RFC 7239 says nothing. Pure.
 */
public final class TrustedProxies {
  /** Nobody has more proxies one behind another; more is not looked at. */
  private static final int MOST_HOPS = 32;

  /**
   * A parameter of an element of RFC 7239, or nothing, up to the next one: its name, and its value
   * in quotes or without. Nobody needs quotes inside of quotes here. Possessive, so that it is
   * linear.
   */
  private static final Pattern PARAMETER =
      Pattern.compile(
          "\\s*+(?:([^=;\"\\\\\\s]++)\\s*+=\\s*+(?:\"([^\"\\\\]*+)\"|([^;\"\\\\]*+)))?+\\s*+(?:;|\\z)");

  private final List<IpNetwork> networks;
  private final ForwardedHeader header;

  /** Makes it of what is configured. */
  public TrustedProxies(Proxies proxies) {
    this.networks = proxies.networks();
    this.header = proxies.header();
  }

  /**
   * Where a request comes from.
   *
   * @param peer the address at the other end of the connection
   * @return the last address that no trusted proxy has; {@code peer} if that is no trusted one
   */
  public String origin(String peer, MultiMap headers) {
    InetAddress current = parse(peer);
    if (current == null || !isTrusted(current)) {
      return peer;
    }
    List<String> hops = hops(headers);
    int last = Math.max(0, hops.size() - MOST_HOPS);
    for (int i = hops.size() - 1; i >= last && isTrusted(current); i--) {
      InetAddress before = parse(hops.get(i));
      if (before == null) {
        // Unknown, hidden, or no address: the proxy that says so is all that is known.
        break;
      }
      current = before;
    }
    return current.getHostAddress();
  }

  private boolean isTrusted(InetAddress address) {
    for (IpNetwork network : networks) {
      if (network.contains(address)) {
        return true;
      }
    }
    return false;
  }

  private List<String> hops(MultiMap headers) {
    List<String> hops = new ArrayList<>();
    for (String value : headers.getAll(header.headerName())) {
      for (String element : value.split(",", -1)) {
        hops.add(header == ForwardedHeader.FORWARDED ? forwardedFor(element) : element.trim());
      }
    }
    return hops;
  }

  /** The parameter {@code for} of an element of RFC 7239; empty if it has none, or is none. */
  private static String forwardedFor(String element) {
    Matcher parameter = PARAMETER.matcher(element);
    String found = null;
    int at = 0;
    while (at < element.length()) {
      if (!parameter.region(at, element.length()).lookingAt()) {
        return "";
      }
      if ("for".equalsIgnoreCase(parameter.group(1))) {
        if (found != null) {
          return "";
        }
        String quoted = parameter.group(2);
        found = quoted == null ? parameter.group(3).trim() : quoted;
      }
      at = parameter.end();
    }
    return found == null ? "" : found;
  }

  /** An address, also in brackets, with or without a port; null for all else. */
  private static @Nullable InetAddress parse(String text) {
    String address = text;
    int colon = text.indexOf(':');
    if (text.startsWith("[")) {
      int end = text.indexOf(']');
      address = end < 0 ? "" : text.substring(1, end);
    } else if (colon >= 0 && colon == text.lastIndexOf(':')) {
      address = text.substring(0, colon);
    }
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    try {
      return bytes == null ? null : InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      return null;
    }
  }
}
