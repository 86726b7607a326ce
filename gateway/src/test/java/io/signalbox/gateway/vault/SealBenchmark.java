package io.signalbox.gateway.vault;

import io.signalbox.gateway.ledger.Seal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What sealing and opening a content costs, and what of it the JDK's AES-GCM alone does. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class SealBenchmark {
  private static final String ABOUT = "notification:1:shop";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  @Param({"300", "2000", "20000"})
  public int bytes;

  private final SecureRandom random = new SecureRandom();
  private final SecretKeySpec key = new SecretKeySpec(new byte[32], "AES");
  private Seal seal = Seal.NONE;
  private byte[] plain = {};
  private byte[] sealed = {};

  /** A key ring of one key, which must open what it has sealed. */
  @Setup
  public void setUp() throws IOException {
    Path directory = Files.createTempDirectory("seal-benchmark");
    seal = TestKeys.seal(directory, "a");
    plain = new byte[bytes];
    sealed = seal.seal(plain, ABOUT);
    if (!Arrays.equals(open(), plain)) {
      throw new IllegalStateException("what was sealed is opened as something else");
    }
  }

  @Benchmark
  public byte[] seal() {
    return seal.seal(plain, ABOUT);
  }

  @Benchmark
  public byte[] open() {
    return seal.open(sealed, ABOUT);
  }

  /** Under one key for all, with a random nonce of 96 bits. */
  @Benchmark
  public byte[] gcmAlone() throws GeneralSecurityException {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
    return cipher.doFinal(plain);
  }
}
