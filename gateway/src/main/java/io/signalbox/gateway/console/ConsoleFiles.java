package io.signalbox.gateway.console;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The files of the web page, which lie on the class path. Each is read once; only those that are
 * there are kept, so memory is bounded by them. Thread-safe; the first read of a file blocks.
 */
public final class ConsoleFiles {
  private static final String FOLDER = "/console/";
  private static final String INDEX = "index.html";

  /** No name of a file leads out of the folder. */
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9-]{1,40}(/[a-z0-9-]{1,40})?\\.(html|js|css|svg)");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml");

  private final Map<String, ConsoleFile> known = new ConcurrentHashMap<>();

  /**
   * A file.
   *
   * @param type its media type
   * @param etag of its bytes, in quotes
   */
  public record ConsoleFile(String type, String etag, Buffer bytes) {}

  /**
   * A file by its path below {@code /console/}; the empty path is the page itself.
   *
   * @return empty if there is none of that name
   */
  public Optional<ConsoleFile> find(String path) {
    String name = path.isEmpty() ? INDEX : path;
    if (!NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    ConsoleFile there = known.get(name);
    if (there != null) {
      return Optional.of(there);
    }
    Optional<ConsoleFile> read = read(name);
    read.ifPresent(file -> known.put(name, file));
    return read;
  }

  private static Optional<ConsoleFile> read(String name) {
    try (InputStream in = ConsoleFiles.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        return Optional.empty();
      }
      byte[] bytes = in.readAllBytes();
      String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "");
      return Optional.of(new ConsoleFile(type, etag(name, bytes), Buffer.buffer(bytes)));
    } catch (IOException e) {
      throw new UncheckedIOException("the console's file " + name + " cannot be read", e);
    }
  }

  private static String etag(String name, byte[] bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(name.getBytes(StandardCharsets.UTF_8));
      return '"' + HexFormat.of().formatHex(digest.digest(bytes), 0, 16) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
