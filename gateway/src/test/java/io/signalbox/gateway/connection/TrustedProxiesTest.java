package io.signalbox.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.config.HttpSettings.ForwardedHeader;
import io.signalbox.gateway.config.HttpSettings.Proxies;
import io.signalbox.gateway.config.IpNetwork;
import io.vertx.core.MultiMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustedProxiesTest {
  private static final String ALL_ELEMENTS = "for=1.1.1.1, ".repeat(40);

  private static String origin(ForwardedHeader header, String peer, String... values) {
    List<IpNetwork> networks =
        List.of(
            IpNetwork.parse("10.0.0.0/8").orElseThrow(),
            IpNetwork.parse("2001:db8::/32").orElseThrow());
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    for (String value : values) {
      headers.add(header.headerName(), value);
    }
    return new TrustedProxies(new Proxies(networks, header)).origin(peer, headers);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          192.0.2.1 | 198.51.100.7               | 192.0.2.1
          10.0.0.1  | 198.51.100.7               | 198.51.100.7
          10.0.0.1  | 1.2.3.4, 198.51.100.7      | 198.51.100.7
          10.0.0.1  | 198.51.100.7, 10.9.9.9     | 198.51.100.7
          10.0.0.1  | 10.1.1.1,10.2.2.2          | 10.1.1.1
          10.0.0.1  | 198.51.100.7:4711          | 198.51.100.7
          10.0.0.1  | 2001:db9::7                | 2001:db9:0:0:0:0:0:7
          10.0.0.1  | [2001:db9::7]:4711         | 2001:db9:0:0:0:0:0:7
          10.0.0.1  | 198.51.100.7, unknown      | 10.0.0.1
          10.0.0.1  | 198.51.100.7, nonsense,10.2.2.2 | 10.2.2.2
          10.0.0.1  | ''                         | 10.0.0.1
          10.0.0.1  | '", 198.51.100.7'          | 198.51.100.7
          2001:db8:0:0:0:0:0:1 | 198.51.100.7    | 198.51.100.7
          2001:db9:0:0:0:0:0:1 | 198.51.100.7    | 2001:db9:0:0:0:0:0:1
          ''        | 198.51.100.7               | ''
          """)
  void onlyWhatTrustedProxiesAddCounts(String peer, String value, String expected) {
    assertThat(origin(ForwardedHeader.X_FORWARDED_FOR, peer, value)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          for=198.51.100.7                                          | 198.51.100.7
          for=1.2.3.4, For="198.51.100.7:80";proto=https;by=10.0.0.1 | 198.51.100.7
          proto=http;for="[2001:db9::7]:4711"                        | 2001:db9:0:0:0:0:0:7
          for=198.51.100.7, for=10.2.2.2                             | 198.51.100.7
          for=198.51.100.7, for=unknown                              | 10.0.0.1
          for=198.51.100.7, for=_hidden                              | 10.0.0.1
          for=198.51.100.7, by=10.0.0.2                              | 10.0.0.1
          for=", for=198.51.100.7                                    | 198.51.100.7
          ;for=198.51.100.7; by = 10.0.0.1 ;                         | 198.51.100.7
          proto=http;host="a;for=6.6.6.6;b";for=198.51.100.7         | 198.51.100.7
          for=198.51.100.7;host="a;for=6.6.6.6;b"                    | 198.51.100.7
          for=6.6.6.6;for=198.51.100.7                               | 10.0.0.1
          proto=http;host="a,for=6.6.6.6;b";for=198.51.100.7         | 10.0.0.1
          for=198.51.100.7;host="a,for=6.6.6.6"                      | 10.0.0.1
          for=198.51.100.7;host="a,for=6.6.6.6,b"                    | 10.0.0.1
          for=198.51.100.7;host="a,for=6.6.6.6;x=\\"b"               | 10.0.0.1
          for=6.6.6.6;x=", for=198.51.100.7;host="a\\"b"             | 10.0.0.1
          x=", for=198.51.100.7;host="a;for=6.6.6.6;b"               | 198.51.100.7
          """)
  void theStandardHeaderIsReadToo(String value, String expected) {
    assertThat(origin(ForwardedHeader.FORWARDED, "10.0.0.1", value)).isEqualTo(expected);
  }

  @Test
  void severalHeadersAreOneListAndNotMoreThanAFewAreLookedAt() {
    assertThat(
            origin(
                ForwardedHeader.X_FORWARDED_FOR, "10.0.0.1", "1.2.3.4", "198.51.100.7, 10.1.1.1"))
        .isEqualTo("198.51.100.7");
    String many = "198.51.100.7, " + "10.1.1.1, ".repeat(40) + "10.1.1.1";
    assertThat(origin(ForwardedHeader.X_FORWARDED_FOR, "10.0.0.1", many)).isEqualTo("10.1.1.1");
    assertThat(origin(ForwardedHeader.FORWARDED, "10.0.0.1", ALL_ELEMENTS + "for=6.6.6.6"))
        .isEqualTo("6.6.6.6");
  }
}
