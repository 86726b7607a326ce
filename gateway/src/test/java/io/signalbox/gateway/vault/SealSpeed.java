package io.signalbox.gateway.vault;

import io.signalbox.gateway.ledger.Seal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures what sealing and opening a content costs: run it by hand, on a quiet machine. */
public final class SealSpeed {
  private static final Logger LOG = LoggerFactory.getLogger(SealSpeed.class);
  private static final int ROUNDS = 7;
  private static final int EACH = 200_000;

  private SealSpeed() {}

  /** Prints nanoseconds for each size: the median of the rounds after the first two. */
  public static void main(String[] arguments) throws IOException {
    Path directory = Files.createTempDirectory("seal-speed");
    Seal seal = TestKeys.seal(directory, "a");
    for (int bytes : new int[] {300, 2_000, 20_000}) {
      byte[] plain = new byte[bytes];
      byte[] sealed = seal.seal(plain, "notification:1:shop");
      long sealing = median(() -> seal.seal(plain, "notification:1:shop"));
      long opening = median(() -> seal.open(sealed, "notification:1:shop"));
      LOG.warn("{} bytes: seal {} ns, open {} ns", bytes, sealing, opening);
    }
  }

  private static long median(Runnable work) {
    long[] nanos = new long[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < EACH; i++) {
        work.run();
      }
      nanos[round] = (System.nanoTime() - start) / EACH;
    }
    long[] warm = Arrays.copyOfRange(nanos, 2, ROUNDS);
    Arrays.sort(warm);
    return warm[warm.length / 2];
  }
}
