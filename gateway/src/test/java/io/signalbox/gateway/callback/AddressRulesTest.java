package io.signalbox.gateway.callback;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.config.IpNetwork;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRulesTest {
  private static final AddressRules PUBLIC = new AddressRules(List.of());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8",
        "1.1.1.1",
        "93.184.216.34",
        "172.15.255.255",
        "172.32.0.1",
        "192.167.255.255",
        "100.63.255.255",
        "100.128.0.1",
        "169.253.1.1",
        "223.255.255.255",
        "2606:4700:4700::1111",
        "2a00:1450:4001:81b::200e",
        "64:ff9b::8.8.8.8",
        "2002:808:808::1"
      })
  void allowsPublicAddresses(String address) {
    assertThat(PUBLIC.allow(AddressRules.literal(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.2.1",
        "192.168.0.1",
        "198.18.0.1",
        "198.51.100.7",
        "203.0.113.9",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::10.1.2.3",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:0:10.0.0.1",
        "64:ff9b::127.0.0.1",
        "64:ff9b::10.0.0.1",
        "64:ff9b::169.254.169.254",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2002:a00:1::1",
        "2002:c0a8:101::1",
        "2001::1",
        "2001:db8::1",
        "3fff::1",
        "fc00::1",
        "fd12:3456:789a::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "100::1",
        "5f00::1"
      })
  void refusesAllOthers(String address) {
    assertThat(PUBLIC.allow(AddressRules.literal(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"10.1.2.3", "::ffff:10.1.2.3", "64:ff9b::10.1.2.3", "2002:a01:203::1", "fd00::7"})
  void allowsWhatTheConfigurationAllows(String address) {
    AddressRules rules = rules("10.0.0.0/8", "fd00::/16");

    assertThat(rules.allow(AddressRules.literal(address))).isTrue();
    assertThat(rules.allow(AddressRules.literal("8.8.8.8"))).isTrue();
    assertThat(rules.allow(AddressRules.literal("127.0.0.1"))).isFalse();
    assertThat(rules.allow(AddressRules.literal("fd01::7"))).isFalse();
  }

  private static AddressRules rules(String... networks) {
    return new AddressRules(
        Stream.of(networks).map(text -> IpNetwork.parse(text).orElseThrow()).toList());
  }
}
