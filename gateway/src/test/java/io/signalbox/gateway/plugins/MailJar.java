package io.signalbox.gateway.plugins;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Jars of the plugin {@code mail}, packed from classes of the tests. */
public final class MailJar {
  private MailJar() {}

  /** A good one. */
  public static byte[] of(String version) {
    return of("mail", version, "acme.mail.MailFactory", "acme.mail.MailFactory$Mail");
  }

  /** One that passes every check and cannot be loaded. */
  public static byte[] broken(String version) {
    return of("mail", version, "acme.mail.BrokenFactory");
  }

  /** One whose manifest has another name. */
  public static byte[] named(String name) {
    return of(name, "1.0", "acme.mail.MailFactory", "acme.mail.MailFactory$Mail");
  }

  /** Puts a jar into a folder as the documents advise. */
  public static Path drop(byte[] jar, Path file) throws IOException {
    Path onTheWay = file.resolveSibling(file.getFileName() + ".tmp");
    Files.write(onTheWay, jar);
    DurableFiles.rename(onTheWay, file);
    return file;
  }

  private static byte[] of(String name, String version, String... classes) {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Signalbox-Plugin", name);
    main.putValue("Signalbox-Plugin-Version", version);
    main.putValue("Signalbox-Spi-Version", "1.0");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream jar = new ZipOutputStream(bytes)) {
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      manifest.write(head);
      add(jar, "META-INF/MANIFEST.MF", head.toByteArray());
      add(
          jar,
          "META-INF/services/io.signalbox.spi.ProviderFactory",
          classes[0].getBytes(StandardCharsets.UTF_8));
      for (String type : classes) {
        String entry = type.replace('.', '/') + ".class";
        try (InputStream in = MailJar.class.getResourceAsStream("/" + entry)) {
          add(jar, entry, in.readAllBytes());
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("a jar in memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  /** With a time that does not change, so that the same jar has the same bytes. */
  private static void add(ZipOutputStream jar, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0));
    jar.putNextEntry(entry);
    jar.write(content);
    jar.closeEntry();
  }
}
