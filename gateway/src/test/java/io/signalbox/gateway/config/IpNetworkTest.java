package io.signalbox.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpNetworkTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "192.168.1.77/24, 192.168.1.1, true",
    "0.0.0.0/0, 203.0.113.9, true",
    "fd00::/8, fd12::1, true",
    "fd00::/8, fe80::1, false",
    "::1/128, 0:0:0:0:0:0:0:1, true",
    "::/0, 10.0.0.1, false"
  })
  void anAddressBelongsToItOrNot(String network, String address, boolean expected)
      throws UnknownHostException {
    assertThat(IpNetwork.parse(network).orElseThrow().contains(InetAddress.getByName(address)))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0.0",
        "10.0.0.0/33",
        "10.0.0/8",
        "10.0.0.256/8",
        "10.0.0.0/-1",
        "10.0.0.0/x",
        "fd00::/129",
        "fd00::1::2/64",
        "fe80::1%eth0/64",
        "localhost/8",
        "abc/8",
        ":/8",
        "/8"
      })
  void whatIsNoneIsRefusedAndNotLookedUp(String text) {
    assertThat(IpNetwork.parse(text)).isEmpty();
  }
}
