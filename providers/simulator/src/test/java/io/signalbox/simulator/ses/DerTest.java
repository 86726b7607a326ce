package io.signalbox.simulator.ses;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class DerTest {
  @Test
  void lengthsTakeAsManyBytesAsTheyNeed() {
    assertThat(hex(Der.text("a"))).isEqualTo("0c0161");
    assertThat(hex(Der.text("a".repeat(127)))).startsWith("0c7f61");
    assertThat(hex(Der.text("a".repeat(128)))).startsWith("0c818061");
    assertThat(hex(Der.text("a".repeat(255)))).startsWith("0c81ff61");
    assertThat(hex(Der.text("a".repeat(256)))).startsWith("0c82010061");
  }

  @Test
  void valuesAreThoseOfTheStandard() {
    assertThat(hex(Der.integer(BigInteger.valueOf(128)))).isEqualTo("02020080");
    assertThat(hex(Der.bits(new byte[] {5}))).isEqualTo("03020005");
    assertThat(hex(Der.sequence(Der.set(), Der.utcTime("000101000000Z"))))
        .isEqualTo("30113100170d3030303130313030303030305a");
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
