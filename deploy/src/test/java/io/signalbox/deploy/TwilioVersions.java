package io.signalbox.deploy;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Versions of a plugin, for tests that replace it. */
final class TwilioVersions {
  static final String TWILIO = "twilio";
  static final String NEXT = "9.9.9-test";

  private TwilioVersions() {}

  /** The version of the plugin that the provider runs on; empty if it does not run. */
  static String running(ApiClient api) {
    return api.get("/api/v1/providers").json(200).getJsonArray("providers").stream()
        .map(JsonObject.class::cast)
        .filter(provider -> TWILIO.equals(provider.getString("id")))
        .filter(provider -> "active".equals(provider.getString("stage")))
        .map(provider -> provider.getString("plugin_version"))
        .findFirst()
        .orElse("");
  }

  /** The same plugin as another version. */
  static Path repacked(Path jar, Path target) throws IOException {
    try (JarFile from = new JarFile(jar.toFile())) {
      Manifest manifest = new Manifest(from.getManifest());
      manifest.getMainAttributes().putValue("Signalbox-Plugin-Version", NEXT);
      try (JarOutputStream to = new JarOutputStream(Files.newOutputStream(target), manifest)) {
        for (JarEntry entry : Collections.list(from.entries())) {
          if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
            to.putNextEntry(new JarEntry(entry.getName()));
            try (InputStream in = from.getInputStream(entry)) {
              in.transferTo(to);
            }
          }
        }
      }
    }
    return target;
  }
}
