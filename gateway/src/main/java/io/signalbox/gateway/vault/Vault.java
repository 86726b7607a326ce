package io.signalbox.gateway.vault;

import io.signalbox.gateway.ledger.Seal;
import io.signalbox.gateway.ledger.SealedException;
import io.signalbox.gateway.ledger.SealedForm;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals with AES-256 in GCM, each value under a key of its own ({@link ExtendedGcm}) that is made
 * of one in a file, which is read again each second. While that cannot be read, the last keys stay
 * in force; one that vanishes from it opens until the gateway ends. Thread-safe.
 */
public final class Vault implements Seal, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Vault.class);
  private static final long LOOK_MILLIS = 1_000;

  private final Vertx vertx;
  private final Path file;
  private final SecureRandom random = new SecureRandom();
  private final AtomicBoolean looking = new AtomicBoolean();
  private final long timer;
  private volatile KeyRing keys;
  private volatile String told = "";

  private Vault(Vertx vertx, Path file, KeyRing first) {
    this.vertx = vertx;
    this.file = file;
    this.keys = first;
    this.timer = vertx.setPeriodic(LOOK_MILLIS, tick -> look());
  }

  /**
   * Reads the keys and begins to look for others.
   *
   * @return fails with an {@link IOException} that says what is wrong with the file
   */
  public static Future<Vault> open(Vertx vertx, Path file) {
    return vertx
        .executeBlocking(() -> read(file), false)
        .map(
            first -> {
              tell(first);
              return new Vault(vertx, file, first);
            });
  }

  /** Reads the keys once, for a command that ends soon; blocks. */
  public static Seal once(Path file) throws IOException {
    KeyRing keys = read(file);
    SecureRandom random = new SecureRandom();
    return new Seal() {
      @Override
      public byte[] seal(byte[] plain, String about) {
        return sealed(keys, random, plain, about);
      }

      @Override
      public byte[] open(byte[] stored, String about) {
        return opened(keys, stored, about);
      }

      @Override
      public boolean isCurrent(byte[] stored) {
        return sealedNow(keys, stored);
      }

      @Override
      public String key() {
        return keys.current();
      }

      @Override
      public boolean hasKeys() {
        return true;
      }

      @Override
      public Known known(String key) {
        return keys.known(key);
      }
    };
  }

  private static KeyRing read(Path file) throws IOException {
    try {
      return KeyRing.read(file);
    } catch (NoSuchFileException e) {
      throw new IOException("security.encryption_keys: there is no file " + file, e);
    } catch (IOException e) {
      throw new IOException("security.encryption_keys: " + e.getMessage(), e);
    }
  }

  private void look() {
    if (!looking.compareAndSet(false, true)) {
      return;
    }
    vertx
        .executeBlocking(() -> next(keys), false)
        .onComplete(
            found -> {
              looking.set(false);
              if (!found.equals(keys)) {
                tell(found);
                keys = found;
              }
              told = "";
            },
            failure -> {
              looking.set(false);
              String why = String.valueOf(failure.getMessage());
              if (!why.equals(told)) {
                told = why;
                LOG.warn("the last keys stay in force: {}", why);
              }
            });
  }

  private KeyRing next(KeyRing former) throws IOException {
    KeyRing found = read(file);
    try {
      return found.after(former, file);
    } catch (IOException e) {
      throw new IOException("security.encryption_keys: " + e.getMessage(), e);
    }
  }

  private static void tell(KeyRing keys) {
    LOG.info(
        keys.current().isEmpty()
            ? "what is stored is not sealed, and opened with {}"
            : "what is stored is sealed from now on: {}",
        keys);
  }

  @Override
  public byte[] seal(byte[] plain, String about) {
    return sealed(keys, random, plain, about);
  }

  @Override
  public byte[] open(byte[] stored, String about) {
    return opened(keys, stored, about);
  }

  @Override
  public boolean isCurrent(byte[] stored) {
    return sealedNow(keys, stored);
  }

  @Override
  public String key() {
    return keys.current();
  }

  @Override
  public boolean hasKeys() {
    return true;
  }

  @Override
  public Known known(String key) {
    return keys.known(key);
  }

  /** Looks for no more keys. */
  @Override
  public void close() {
    vertx.cancelTimer(timer);
  }

  private static boolean sealedNow(KeyRing keys, byte[] stored) {
    return SealedForm.isSealed(stored)
        ? SealedForm.read(stored).key().equals(keys.current())
        : keys.current().isEmpty();
  }

  private static byte[] sealed(KeyRing keys, SecureRandom random, byte[] plain, String about) {
    Optional<SecretKeySpec> key = keys.sealing();
    if (key.isEmpty()) {
      return SealedForm.plain(plain);
    }
    byte[] nonce = new byte[ExtendedGcm.NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] ciphertext = ExtendedGcm.seal(key.get(), nonce, utf8(about), plain);
      return new SealedForm(keys.current(), nonce, ciphertext).bytes();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM cannot encrypt with AES-256-GCM", e);
    }
  }

  private static byte[] opened(KeyRing keys, byte[] stored, String about) {
    if (!SealedForm.isSealed(stored)) {
      return SealedForm.unsealed(stored);
    }
    SealedForm form = SealedForm.read(stored);
    SecretKeySpec key =
        keys.key(form.key())
            .orElseThrow(
                () -> new SealedException("its key " + form.key() + " is not among the keys"));
    try {
      return ExtendedGcm.open(key, form.nonce(), utf8(about), form.ciphertext());
    } catch (GeneralSecurityException e) {
      throw new SealedException(
          "it was changed, or belongs elsewhere, or key " + form.key() + " is another one");
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
