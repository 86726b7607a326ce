package io.signalbox.loader.check;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.spi.SpiVersion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpiRangeTest {
  private static final SpiVersion GATEWAY = new SpiVersion(2, 3);

  private static void check(String text) throws PluginRefusedException {
    SpiRange.parse(text).refuseOthers(GATEWAY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2",
        "2.0",
        "2.3",
        "[2.3,3.0)",
        "[1.0,2.3]",
        "(2.2,3)",
        "[2.3,2.3]",
        "[ 1 , 99 )",
        "[1,3)"
      })
  void fits(String text) {
    assertThatCode(() -> check(text)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.4", "3", "3.0", "[2.4,3.0)", "(2.3,3.0)"})
  void needsANewerGateway(String text) {
    assertThatThrownBy(() -> check(text))
        .isInstanceOf(PluginRefusedException.class)
        .hasMessage(
            "was built for SPI version %s, this gateway speaks the older 2.3; update the gateway,"
                + " or take an older release of the plugin",
            text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "1.0", "1.9", "[1.0,2.0)", "[1.0,2.3)", "[1.0,2.2]"})
  void needsAnOlderGateway(String text) {
    assertThatThrownBy(() -> check(text))
        .isInstanceOf(PluginRefusedException.class)
        .hasMessage(
            "was built for SPI version %s, this gateway speaks the newer 2.3; take the plugin's"
                + " release for this gateway",
            text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''",
        "0",
        "0.9",
        "-1",
        "1.",
        ".1",
        "1.0.0",
        "one",
        "[1.0]",
        "[1.0,)",
        "[,2.0)",
        "1.0,2.0",
        "[1.0,2.0",
        "99999999999",
        "[0.1,2)"
      })
  void refusesWhatIsNoVersion(String text) {
    assertThatThrownBy(() -> check(text))
        .isInstanceOf(PluginRefusedException.class)
        .hasMessageContainingAll(
            "Signalbox-Spi-Version must be", "1.0", "[1.0,2.0)", "was " + text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[2.0,1.0)", "[2.3,2.3)", "(2.3,2.3]"})
  void refusesAnIntervalWithoutVersions(String text) {
    assertThatThrownBy(() -> check(text))
        .isInstanceOf(PluginRefusedException.class)
        .hasMessageContainingAll(text, "holds no version");
  }
}
