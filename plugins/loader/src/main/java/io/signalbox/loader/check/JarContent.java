package io.signalbox.loader.check;

import java.io.IOException;
import java.io.InputStream;
import java.security.CodeSigner;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * What reading a whole jar brought.
 *
 * @param signedBy the signers that entries have, each list with the name of one such entry; the
 *     empty list for entries that nobody signed. Entries that hold signatures are left out.
 */
record JarContent(Map<List<CodeSigner>, String> signedBy) {
  // Signs the others, so nobody can sign it.
  private static final Pattern SIGNATURE =
      Pattern.compile(
          "META-INF/(?:MANIFEST\\.MF|SIG-[^/]*|[^/]*\\.(?:SF|RSA|DSA|EC))",
          Pattern.CASE_INSENSITIVE);
  private static final int MAX_CLASS_BYTES = 16 << 20;
  private static final int BUFFER_BYTES = 64 << 10;

  JarContent {
    signedBy = Map.copyOf(signedBy);
  }

  /**
   * Reads every entry to its end: it must be whole and have what the table of contents says, its
   * signature must fit it, and a class must pass {@link ClassFileCheck}.
   *
   * @param file opened with verification
   * @param entries its entries
   * @throws SecurityException if an entry was changed after it was signed
   */
  static JarContent read(JarFile file, List<JarEntry> entries)
      throws PluginRefusedException, IOException {
    Map<List<CodeSigner>, String> signedBy = new LinkedHashMap<>();
    byte[] buffer = new byte[BUFFER_BYTES];
    for (JarEntry entry : entries) {
      try (InputStream in = file.getInputStream(entry)) {
        if (in == null) {
          throw damaged(entry, null);
        }
        read(entry, in, buffer);
      } catch (ZipException e) {
        throw damaged(entry, e);
      }
      if (!entry.isDirectory() && !SIGNATURE.matcher(entry.getName()).matches()) {
        CodeSigner[] signers = entry.getCodeSigners();
        signedBy.putIfAbsent(signers == null ? List.of() : Arrays.asList(signers), entry.getName());
      }
    }
    return new JarContent(signedBy);
  }

  private static void read(JarEntry entry, InputStream in, byte[] buffer)
      throws PluginRefusedException, IOException {
    boolean isClass = !entry.isDirectory() && entry.getName().endsWith(".class");
    if (isClass && entry.getSize() > MAX_CLASS_BYTES) {
      throw new PluginRefusedException(
          "holds " + entry.getName() + ", which is too large to be a class");
    }
    byte[] code = new byte[isClass ? (int) Math.max(0, entry.getSize()) : 0];
    CRC32 crc = new CRC32();
    long size = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      // The declared sizes are within the limits: what unpacks to more is not unpacked further.
      if (size + read > entry.getSize()) {
        throw damaged(entry, null);
      }
      if (isClass) {
        System.arraycopy(buffer, 0, code, (int) size, read);
      }
      crc.update(buffer, 0, read);
      size += read;
    }
    if (size != entry.getSize() || crc.getValue() != entry.getCrc()) {
      throw damaged(entry, null);
    }
    if (isClass) {
      ClassFileCheck.check(entry.getName(), code);
    }
  }

  private static PluginRefusedException damaged(JarEntry entry, @Nullable Throwable cause) {
    return new PluginRefusedException(
        "is no complete jar: its entry "
            + entry.getName()
            + " is not what its table of contents says; copy it again",
        cause);
  }
}
