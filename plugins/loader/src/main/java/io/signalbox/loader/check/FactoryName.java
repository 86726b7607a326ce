package io.signalbox.loader.check;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** Which factory a jar names. */
final class FactoryName {
  private static final String SERVICE = "META-INF/services/io.signalbox.spi.ProviderFactory";
  private static final int MAX_SERVICE_BYTES = 64 << 10;

  private FactoryName() {}

  /** The class name of the one factory. */
  static String read(JarFile file) throws IOException, PluginRefusedException {
    JarEntry entry = file.getJarEntry(SERVICE);
    if (entry == null) {
      throw new PluginRefusedException("has no " + SERVICE + ", which names its factory");
    }
    String text;
    try (InputStream in = file.getInputStream(entry)) {
      text = new String(in.readNBytes(MAX_SERVICE_BYTES), StandardCharsets.UTF_8);
    }
    List<String> names =
        text.lines()
            .map(line -> line.replaceFirst("#.*", "").strip())
            .filter(line -> !line.isEmpty())
            .distinct()
            .toList();
    if (names.size() != 1) {
      throw new PluginRefusedException(
          SERVICE + " must name exactly one factory, names " + names.size());
    }
    return names.get(0);
  }
}
