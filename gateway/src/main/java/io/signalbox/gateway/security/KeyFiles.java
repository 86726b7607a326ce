package io.signalbox.gateway.security;

import io.signalbox.gateway.config.SecuritySettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys in files. A file that cannot be used leaves its last keys in force and does not keep the
 * others from being read. Read on one thread at a time, which it blocks; asked on any.
 */
final class KeyFiles {
  private static final Logger LOG = LoggerFactory.getLogger(KeyFiles.class);

  private final Path secretFile;
  private final List<Path> publicFiles;
  private final Runnable changed;
  private final Troubles troubles = new Troubles(LOG);
  private final Map<Path, TokenKey> read = new LinkedHashMap<>();
  private volatile List<TokenKey> own = List.of();
  private volatile List<TokenKey> others = List.of();

  /**
   * Reads nothing yet.
   *
   * @param changed called by {@link #look} after keys came or went
   */
  KeyFiles(SecuritySettings settings, Runnable changed) {
    this.changed = changed;
    this.secretFile = settings.jwtKeyFile();
    this.publicFiles = settings.tokens().publicKeys();
  }

  /** The secrets of this gateway. */
  List<TokenKey> own() {
    return own;
  }

  /** The public keys of the other issuer. */
  List<TokenKey> others() {
    return others;
  }

  /**
   * Reads the files for the first time; makes the secret if there is none.
   *
   * @throws IOException if a file cannot be read or holds no key
   */
  void open() throws IOException {
    own = secrets(SigningKey.loadOrCreate(secretFile, new SecureRandom()));
    for (Path file : publicFiles) {
      read.put(file, PublicKeyFile.read(file));
    }
    others = List.copyOf(read.values());
  }

  /** Reads the files again; our own first: a secret that leaked must go, whatever else is wrong. */
  void look() {
    lookAtSecrets();
    List<TokenKey> before = others;
    for (Path file : publicFiles) {
      try {
        read.put(file, PublicKeyFile.read(file));
        troubles.over(file.toString());
      } catch (IOException | RuntimeException e) {
        troubles.tell(file.toString(), e.toString());
      }
    }
    if (!before.equals(List.copyOf(read.values()))) {
      others = List.copyOf(read.values());
      changed.run();
    }
  }

  private void lookAtSecrets() {
    try {
      // It is not made anew: who takes the file away by mistake would end every token.
      List<TokenKey> now = secrets(SigningKey.load(secretFile));
      troubles.over(secretFile.toString());
      if (!own.equals(now)) {
        own = now;
        LOG.info("the secrets that sign tokens have changed, as {} has", secretFile);
        changed.run();
      }
    } catch (IOException | RuntimeException e) {
      troubles.tell(secretFile.toString(), e.toString());
    }
  }

  private static List<TokenKey> secrets(SigningKey key) {
    return key.revealAll().stream()
        .map(text -> text.getBytes(StandardCharsets.US_ASCII))
        .map(bytes -> new SecretKeySpec(bytes, "HmacSHA256"))
        .map(secret -> new TokenKey(TokenAlgorithm.HS256, null, secret))
        .toList();
  }
}
