package io.signalbox.gateway.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that holds a token, so that it stands in no list of processes. */
final class TokenFile {
  private static final String STDIN = "-";
  private static final int MOST_BYTES = 64 << 10;

  private TokenFile() {}

  /**
   * The token in a file. Blocks.
   *
   * @param file {@code -} for stdin
   * @throws CommandFailure if it cannot be read, or holds anything but one word
   */
  static String read(Path file) {
    String text;
    try (InputStream in = file.toString().equals(STDIN) ? System.in : Files.newInputStream(file)) {
      text = new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCodes.BAD_DATA,
          "the token file " + file + " cannot be read; is it there, and yours?");
    }
    if (text.isEmpty() || text.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new CommandFailure(
          ExitCodes.BAD_DATA, "the token file " + file + " must hold one token and nothing else");
    }
    return text;
  }
}
