package io.signalbox.simulator;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** The file that lets a restarted simulator keep its credentials. Blocks: not for event loops. */
final class SandboxState {
  private final @Nullable Path file;

  /** Without a file, every start makes new credentials. */
  SandboxState(@Nullable Path file) {
    this.file = file;
  }

  /**
   * The credentials of the file; new ones for what it does not have, because it is missing or of an
   * older version, which are written to it.
   *
   * @throws IOException if the file cannot be read or written, or holds something else
   */
  Accounts load(SecureRandom random) throws IOException {
    if (file == null) {
      return Accounts.random(random);
    }
    try {
      JsonObject stored = stored(file);
      if (isWhole(stored)) {
        return Accounts.fromState(stored);
      }
      JsonObject whole = Accounts.random(random).toState().mergeIn(stored, true);
      Accounts accounts = Accounts.fromState(whole);
      write(file, whole.encodePrettily());
      return accounts;
    } catch (DecodeException | ClassCastException e) {
      throw new IOException("not a simulator's state file; remove it to start anew: " + file, e);
    }
  }

  private static JsonObject stored(Path file) throws IOException {
    try {
      return new JsonObject(Files.readString(file));
    } catch (NoSuchFileException firstStart) {
      return new JsonObject();
    }
  }

  /** What is missing cannot be read, or reads as null and would be written as such. */
  private static boolean isWhole(JsonObject stored) {
    try {
      return Accounts.fromState(stored).toState().equals(stored);
    } catch (NullPointerException missing) {
      return false;
    }
  }

  private static void write(Path file, String text) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException("not a file: " + file);
    }
    Files.createDirectories(folder);
    Path draft = Files.createTempFile(folder, "simulator", ".tmp");
    try {
      if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-------"));
      }
      Files.writeString(draft, text);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
