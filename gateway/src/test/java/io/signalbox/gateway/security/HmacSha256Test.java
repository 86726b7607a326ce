package io.signalbox.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class HmacSha256Test {
  private static final HexFormat HEX = HexFormat.of();

  private static String code(byte[] key, String message) {
    return HEX.formatHex(new HmacSha256(key).of(message.getBytes(StandardCharsets.UTF_8)));
  }

  /** RFC 4231, test cases 2 and 6: a short key, and one that is longer than a block. */
  @Test
  void makesTheCodesOfTheStandard() {
    assertThat(code("Jefe".getBytes(StandardCharsets.UTF_8), "what do ya want for nothing?"))
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    assertThat(
            code(
                HEX.parseHex("aa".repeat(131)),
                "Test Using Larger Than Block-Size Key - Hash Key First"))
        .isEqualTo("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
  }

  @Test
  void agreesWithTheJdk() throws Exception {
    Random random = new Random(7);
    for (int length = 1; length < 150; length++) {
      byte[] key = new byte[length];
      byte[] message = new byte[random.nextInt(300)];
      random.nextBytes(key);
      random.nextBytes(message);
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      HmacSha256 own = new HmacSha256(key);
      assertThat(own.of(message)).as("key of %d bytes", length).isEqualTo(mac.doFinal(message));
      assertThat(own.of(message)).isEqualTo(mac.doFinal(message));
    }
  }
}
