package io.signalbox.gateway.cli.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void writesFigures() {
    assertThat(Words.plural(1, "provider")).isEqualTo("1 provider");
    assertThat(Words.plural(1_200, "provider")).isEqualTo("1,200 providers");
    assertThat(Words.percent(99.96)).isEqualTo("99.9 %");
    for (long value : new long[] {0, 7, 999, 1_000, 12_345, 1_234_567, -1, -999, -1_000}) {
      assertThat(Words.number(value)).isEqualTo(String.format(Locale.ROOT, "%,d", value));
    }
    for (double value : new double[] {0, 0.04, 0.05, 0.25, 9.94, 9.96, 12.345, -1.5}) {
      assertThat(Words.decimal(value)).isEqualTo(String.format(Locale.ROOT, "%.1f", value));
    }
  }

  @Test
  void wrapsBetweenWordsAndCutsWhatIsTooLong() {
    assertThat(Words.wrap("one two three", 2, 9)).containsExactly("  one two", "  three");
    assertThat(Words.wrap("abcdefghij", 0, 4)).containsExactly("abcd", "efgh", "ij");
    assertThat(Words.wrap("", 3, 10)).containsExactly("   ");
    assertThat(Words.column("abcdef", 4)).isEqualTo("ab..");
    assertThat(Words.printable("a\u001b[2Jb\r\nc")).isEqualTo("a [2Jb  c");
  }
}
