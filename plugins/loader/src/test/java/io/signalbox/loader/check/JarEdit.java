package io.signalbox.loader.check;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Changes finished jars, as somebody would who must not. */
public final class JarEdit {
  private JarEdit() {}

  /** Writes a jar anew with other entries. */
  public static Path edit(Path jar, Consumer<Map<String, byte[]>> change) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipFile file = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : Collections.list(file.entries())) {
        entries.put(entry.getName(), file.getInputStream(entry).readAllBytes());
      }
    }
    change.accept(entries);
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream out = new ZipOutputStream(file)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue());
        out.closeEntry();
      }
    }
    return jar;
  }

  /** Replaces a text in an entry. */
  public static Path replace(Path jar, String entry, String old, String text) throws IOException {
    return edit(
        jar,
        entries ->
            entries.computeIfPresent(
                entry,
                (name, content) ->
                    new String(content, StandardCharsets.ISO_8859_1)
                        .replace(old, text)
                        .getBytes(StandardCharsets.ISO_8859_1)));
  }

  /** Replaces bytes anywhere in the file, its table of contents included. */
  public static Path patch(Path jar, String old, String text) throws IOException {
    String content = Files.readString(jar, StandardCharsets.ISO_8859_1);
    return Files.writeString(jar, content.replace(old, text), StandardCharsets.ISO_8859_1);
  }
}
