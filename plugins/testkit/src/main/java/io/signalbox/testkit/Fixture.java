package io.signalbox.testkit;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A recorded webhook and the receipts that it must become.
 *
 * @param name of the file without its ending
 * @param kind {@code json}, {@code form} (POST bodies) or {@code query} (a GET's query string)
 * @param body the raw bytes
 * @param expected as {@link ReceiptJson} writes results
 */
public record Fixture(String name, String kind, Buffer body, Object expected) {
  private static final String EXPECTED = ".expected.json";
  private static final List<String> KINDS = List.of("json", "form", "query");

  /**
   * Loads the folder {@code fixtures} beside the tests: {@code <name>.<kind>} and {@code
   * <name>.expected.json}. A file without its other half fails.
   */
  static List<Fixture> loadAll(Class<?> test) {
    return loadAll(folder(test));
  }

  static List<Fixture> loadAll(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      Set<String> names = new TreeSet<>(files.map(file -> file.getFileName().toString()).toList());
      List<Fixture> fixtures = new ArrayList<>();
      for (String name : List.copyOf(names)) {
        if (!name.endsWith(EXPECTED)) {
          fixtures.add(load(folder, name, names));
        }
      }
      if (!names.isEmpty()) {
        throw new AssertionError("nothing reads these fixtures: " + names);
      }
      return fixtures;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Fixture load(Path folder, String file, Set<String> names) {
    int dot = file.lastIndexOf('.');
    String kind = file.substring(dot + 1);
    String name = file.substring(0, Math.max(0, dot));
    if (!KINDS.contains(kind)) {
      throw new AssertionError(file + " is none of " + KINDS);
    }
    if (!names.remove(name + EXPECTED)) {
      throw new AssertionError(file + " lacks its " + name + EXPECTED);
    }
    names.remove(file);
    try {
      Buffer body = Buffer.buffer(Files.readAllBytes(folder.resolve(file)));
      Buffer expected = Buffer.buffer(Files.readAllBytes(folder.resolve(name + EXPECTED)));
      return new Fixture(name, kind, body, Json.decodeValue(expected));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder(Class<?> test) {
    URL url = test.getResource("/fixtures");
    if (url == null) {
      throw new AssertionError("no folder src/test/resources/fixtures");
    }
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
