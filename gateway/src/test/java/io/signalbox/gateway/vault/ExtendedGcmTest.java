package io.signalbox.gateway.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The test vectors of XAES-256-GCM in its specification, c2sp.org/XAES-256-GCM. */
class ExtendedGcmTest {
  private static final byte[] NONCE = ascii("ABCDEFGHIJKLMNOPQRSTUVWX");
  private static final byte[] PLAIN = ascii("XAES-256-GCM");

  /** In the one CMAC's subkey is made without a carry, in the other with one. */
  @ParameterizedTest
  @CsvSource({
    "1, '', c8612c9ed53fe43e8e005b828a1631a0bbcb6ab2f46514ec4f439fcfd0fa969b,"
        + " ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271",
    "3, c2sp.org/XAES-256-GCM, e9c621d4cdd9b11b00a6427ad7e559aeedd66b3857646677748f8ca796cb3fd8,"
        + " 986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d"
  })
  void aValueIsSealedAsTheSpecificationSays(
      int filler, String about, String derived, String ciphertext) throws Exception {
    SecretKeySpec key = key(filler);
    HexFormat hex = HexFormat.of();
    assertThat(ExtendedGcm.derived(key, NONCE)).isEqualTo(hex.parseHex(derived));
    byte[] sealed = ExtendedGcm.seal(key, NONCE, ascii(about), PLAIN);
    assertThat(sealed).isEqualTo(hex.parseHex(ciphertext));
    assertThat(ExtendedGcm.open(key, NONCE, ascii(about), sealed)).isEqualTo(PLAIN);
  }

  @Test
  void bothHalvesOfTheNonceCount() throws Exception {
    byte[] sealed = ExtendedGcm.seal(key(1), NONCE, PLAIN, PLAIN);
    for (int at : new int[] {0, 11, 12, 23}) {
      byte[] other = NONCE.clone();
      other[at] ^= 1;
      assertThat(ExtendedGcm.seal(key(1), other, PLAIN, PLAIN)).isNotEqualTo(sealed);
      assertThatThrownBy(() -> ExtendedGcm.open(key(1), other, PLAIN, sealed))
          .isInstanceOf(GeneralSecurityException.class);
    }
    assertThatThrownBy(() -> ExtendedGcm.open(key(3), NONCE, PLAIN, sealed))
        .isInstanceOf(GeneralSecurityException.class);
  }

  private static SecretKeySpec key(int filler) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) filler);
    return new SecretKeySpec(bytes, "AES");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
