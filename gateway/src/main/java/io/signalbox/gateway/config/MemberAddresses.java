package io.signalbox.gateway.config;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A list of addresses of nodes. */
final class MemberAddresses {
  private static final Pattern MEMBER =
      Pattern.compile("(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]):([0-9]{1,5})");
  private static final int MAX_PORT = 65_535;

  private MemberAddresses() {}

  static ValueType<List<String>> type() {
    return ValueTypes.type(
        "list",
        "addresses with ports",
        "must be a list of addresses with ports, such as 10.0.0.1:5701, 10.0.0.2:5701",
        text -> ValueTypes.list(text, MemberAddresses::member));
  }

  private static Optional<String> member(String text) {
    Matcher member = MEMBER.matcher(text);
    if (!member.matches()) {
      return Optional.empty();
    }
    int port = Integer.parseInt(member.group(1));
    return port > 0 && port <= MAX_PORT ? Optional.of(text) : Optional.empty();
  }
}
