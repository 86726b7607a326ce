package io.signalbox.gateway.security;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/**
 * The HS256 keys of tokens: the first signs, all verify, so that a key can be replaced without a
 * token refused. Their file holds a line of text for each, whose characters are the key, so that
 * other tools can sign with it too. Whoever reads the file can make tokens.
 */
public final class SigningKey {
  private static final int RANDOM_BYTES = 48;
  private static final int LEAST_CHARACTERS = 32;
  private static final int MOST_BYTES = 64 * 1024;

  /** A forged token is tried with each. */
  private static final int MOST_KEYS = 8;

  private final List<String> texts;

  private SigningKey(List<String> texts) {
    this.texts = texts;
  }

  /**
   * Reads the keys; makes one first if their file is missing. Two processes that do so at the same
   * time end up with the same key. Blocks.
   *
   * @throws IOException if the file can neither be made nor read, see {@link #load}
   */
  public static SigningKey loadOrCreate(Path file, SecureRandom random) throws IOException {
    if (!Files.exists(file)) {
      create(file, random);
    }
    return load(file);
  }

  /**
   * Reads the keys. Blocks.
   *
   * @throws IOException if the file cannot be read, or does not hold 1 to 8 lines of at least 32
   *     characters; empty lines do not count
   */
  static SigningKey load(Path file) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException(file + " is too large for keys");
    }
    List<String> texts =
        Files.readString(file, StandardCharsets.US_ASCII)
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .toList();
    if (texts.isEmpty() || texts.stream().anyMatch(text -> text.length() < LEAST_CHARACTERS)) {
      throw new IOException(file + " must hold keys of at least 32 characters, one a line");
    }
    if (texts.size() > MOST_KEYS) {
      throw new IOException(file + " must hold at most " + MOST_KEYS + " keys, one a line");
    }
    return new SigningKey(texts);
  }

  /** The characters of the key that signs. Call it only where tokens are signed. */
  String reveal() {
    return texts.get(0);
  }

  /** The characters of all keys. Call it only where tokens are verified. */
  List<String> revealAll() {
    return texts;
  }

  @Override
  public String toString() {
    return "SigningKey[masked]";
  }

  private static void create(Path file, SecureRandom random) throws IOException {
    Path dir = file.toAbsolutePath().getParent();
    if (dir != null) {
      Files.createDirectories(dir);
    }
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + "\n";
    Path draft = Files.createTempFile(dir, "jwt", ".new", ownerOnly(file));
    try {
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        ByteBuffer content = StandardCharsets.US_ASCII.encode(text);
        while (content.hasRemaining()) {
          channel.write(content);
        }
        channel.force(true);
      }
      publish(draft, file);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /** A link appears as a whole and never replaces another process's key. */
  private static void publish(Path draft, Path file) throws IOException {
    try {
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException e) {
      // Another process was first; its key is the one that counts.
    } catch (UnsupportedOperationException | IOException e) {
      if (!Files.exists(file)) {
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
