package io.signalbox.simulator.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlTextTest {

  @Test
  void countsWhatIsSeen() {
    assertThat(HtmlText.visibleLength("")).contains(0);
    assertThat(HtmlText.visibleLength("a &lt; b & c")).contains(9);
    assertThat(HtmlText.visibleLength("<b>x<i class=\"y\">z</i></b>")).contains(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a < b", "<b>x", "x</b>", "<b><i>x</b></i>", "<p>x</p>", "<"})
  void refusesBrokenMarkup(String html) {
    assertThat(HtmlText.visibleLength(html)).isEmpty();
  }
}
