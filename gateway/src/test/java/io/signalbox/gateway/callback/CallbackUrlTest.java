package io.signalbox.gateway.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackUrlTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "https://example.org example.org 443 /",
        "HTTPS://Example.org:8443/a/b?c=d Example.org 8443 /a/b?c=d",
        "https://example.org?x=%20 example.org 443 /?x=%20",
        "https://93.184.216.34/hook 93.184.216.34 443 /hook",
        "https://[2606:4700::1111]:444/ 2606:4700::1111 444 /",
        "https://xn--bcher-kva.example/ xn--bcher-kva.example 443 /",
        "https://1e100.net/ 1e100.net 443 /",
      })
  void takesUrlsApart(String url, String host, int port, String uri) throws Exception {
    assertThat(CallbackUrl.parse(url, false)).isEqualTo(new CallbackUrl(true, host, port, uri));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "example.org",
        "//example.org/",
        "http://example.org/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "https:///path",
        "https:example.org",
        "https://user@example.org/",
        "https://user:secret@example.org/",
        "https://example.org@10.0.0.1/",
        "https://example.org/#fragment",
        "https://example.org:0/",
        "https://example.org:65536/",
        "https://exa mple.org/",
        "https://exam_ple.org/",
        "https://bücher.example/",
        "https://example.org\\@10.0.0.1/",
        "https://0177.0.0.1/",
        "https://0x7f.0.0.1/",
        "https://0x7f000001/",
        "https://2130706433/",
        "https://017700000001/",
        "https://127.1/",
        "https://127.0.1/",
        "https://127.0.0.01/",
        "https://127.0.0.1./",
        "https://256.0.0.1/",
        "https://1.2.3.4.5/",
        "https://example.123/",
        "https://example.0x7f/",
        "https://[::1%25lo]/",
        "https://[fe80::1%25eth0]/",
        "https://[::ffff:127.0.0.256]/",
        "https://[example]/",
        "https://[::1/",
      })
  void refusesWhatCouldMeanSomethingElse(String url) {
    assertThatThrownBy(() -> CallbackUrl.parse(url, false))
        .isInstanceOf(CallbackUrl.NotUsableException.class)
        .hasMessageStartingWith("must ");
  }

  @Test
  void refusesLongUrls() {
    assertThatThrownBy(() -> CallbackUrl.parse("https://example.org/" + "x".repeat(2_048), false))
        .isInstanceOf(CallbackUrl.NotUsableException.class);
  }

  @Test
  void takesPlainHttpOnlyWhereItIsAllowed() throws Exception {
    assertThat(CallbackUrl.parse("http://example.org/", true))
        .isEqualTo(new CallbackUrl(false, "example.org", 80, "/"));
  }

  @Test
  void knowsAddressesFromNames() throws Exception {
    assertThat(CallbackUrl.parse("https://example.org/", false).literal()).isNull();
    assertThat(CallbackUrl.parse("https://127.0.0.1/", false).literal()).isNotNull();
    assertThat(CallbackUrl.parse("https://[::1]/", false).literal()).isNotNull();
    assertThat(CallbackUrl.parse("https://[::1]/", false).hostInHeader()).isEqualTo("[::1]");
    assertThat(CallbackUrl.parse("https://[::ffff:10.0.0.1]/", false).literal().getHostAddress())
        .isEqualTo("10.0.0.1");
  }
}
