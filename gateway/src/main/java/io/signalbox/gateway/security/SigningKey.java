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

/**
 * The HS256 key of tokens. Its file holds one line of text, whose characters are the key, so that
 * other tools can sign with it too. Whoever reads the file can make tokens.
 */
public final class SigningKey {
  private static final int RANDOM_BYTES = 48;
  private static final int LEAST_CHARACTERS = 32;

  private final String text;

  private SigningKey(String text) {
    this.text = text;
  }

  /**
   * Reads the key; makes it first if its file is missing. Two processes that do so at the same time
   * end up with the same key. Blocks.
   *
   * @throws IOException if the file can neither be read nor made, or holds less than 32 characters
   */
  public static SigningKey loadOrCreate(Path file, SecureRandom random) throws IOException {
    if (!Files.exists(file)) {
      create(file, random);
    }
    String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
    if (text.length() < LEAST_CHARACTERS) {
      throw new IOException(file + " must hold a key of at least 32 characters");
    }
    return new SigningKey(text);
  }

  /** The key's characters. Call it only where tokens are signed or verified. */
  String reveal() {
    return text;
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
