package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The distribution as a later version: another number, and a ledger whose schema is one step
 * further. All else is as it is.
 */
final class NextVersion {
  static final String NUMBER = "99.0.0";

  /** What the step adds; the present version knows nothing of it. */
  static final String NEW_COLUMN = "of_the_next_version";

  private static final String LEDGER = "io/signalbox/gateway/ledger/postgres/";
  private static final Path SOURCE =
      Path.of("..", "gateway", "src", "main", "java").resolve(LEDGER + "PgMigrations.java");
  private static final String SCRIPT = "999.sql";
  private static final String STEP =
      "ALTER TABLE notifications ADD COLUMN " + NEW_COLUMN + " TEXT NOT NULL DEFAULT '';\n";

  private NextVersion() {}

  /** Makes it as if unpacked there. */
  static Path in(Path folder) throws IOException {
    Path lib = Files.createDirectories(folder.resolve("lib"));
    Path gateway = null;
    try (Stream<Path> jars = Files.list(Distribution.home().resolve("lib"))) {
      for (Path jar : jars.toList()) {
        String name = jar.getFileName().toString();
        if (name.startsWith("signalbox-gateway-")) {
          gateway = jar;
        } else {
          Files.createSymbolicLink(lib.resolve(name), jar);
        }
      }
    }
    assertThat(gateway).isNotNull();
    repack(gateway, lib.resolve("signalbox-gateway-" + NUMBER + ".jar"), compiled(folder));
    for (String same : List.of("conf", "policies", "plugins")) {
      Files.createSymbolicLink(folder.resolve(same), Distribution.home().resolve(same));
    }
    Files.createDirectories(folder.resolve("bin"));
    Files.copy(
        Distribution.home().resolve("bin/signalbox"),
        folder.resolve("bin/signalbox"),
        StandardCopyOption.COPY_ATTRIBUTES);
    return folder;
  }

  private static void repack(Path from, Path to, Path classes) throws IOException {
    String changed = LEDGER + "PgMigrations.class";
    try (JarFile jar = new JarFile(from.toFile());
        OutputStream file = Files.newOutputStream(to);
        JarOutputStream out = new JarOutputStream(file, manifest(jar))) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        String name = entry.getName();
        if (!name.equals(JarFile.MANIFEST_NAME) && !name.equals(changed)) {
          try (InputStream content = jar.getInputStream(entry)) {
            add(out, name, content.readAllBytes());
          }
        }
      }
      add(out, changed, Files.readAllBytes(classes.resolve(changed)));
      add(out, LEDGER + SCRIPT, STEP.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static Manifest manifest(JarFile jar) throws IOException {
    Manifest manifest = new Manifest(jar.getManifest());
    manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, NUMBER);
    return manifest;
  }

  private static void add(JarOutputStream out, String name, byte[] content) throws IOException {
    out.putNextEntry(new JarEntry(name));
    out.write(content);
    out.closeEntry();
  }

  /** The class that lists the steps of the schema, with one more. */
  private static Path compiled(Path folder) throws IOException {
    String source = Files.readString(SOURCE);
    String longer =
        source.replaceFirst(
            "SCRIPTS = List\\.of\\(([^)]+)\\)", "SCRIPTS = List.of($1, \"" + SCRIPT + "\")");
    assertThat(longer).as(SOURCE.toString()).isNotEqualTo(source);
    Path sources = Files.createDirectories(folder.resolve("sources"));
    Path file = Files.writeString(sources.resolve("PgMigrations.java"), longer);
    Path classes = Files.createDirectories(folder.resolve("classes"));
    String classPath;
    try (Stream<Path> jars = Files.list(Distribution.home().resolve("lib"))) {
      classPath = jars.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of(
              "-d", classes.toString(), "--release", "17", "-proc:none", "-classpath", classPath);
      boolean compiled =
          compiler
              .getTask(messages, files, null, options, null, files.getJavaFileObjects(file))
              .call();
      assertThat(compiled).as(messages.toString()).isTrue();
    }
    return classes;
  }
}
