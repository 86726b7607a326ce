package io.signalbox.loader;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.loader.check.JarCheck;
import io.signalbox.loader.check.PluginJar;
import io.signalbox.loader.check.PluginRefusedException;
import io.signalbox.loader.check.PluginTrust;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** Builds real plugin jars: sources are compiled, then packed. */
public final class PluginSource {
  public static final String SERVICE = "META-INF/services/io.signalbox.spi.ProviderFactory";

  // Compiling takes most of the time of these tests.
  private static final Map<Map<String, String>, Map<String, byte[]>> COMPILED =
      new ConcurrentHashMap<>();

  private final Map<String, String> classes = new LinkedHashMap<>();
  private final Map<String, byte[]> entries = new LinkedHashMap<>();
  private final Map<String, String> manifest = new LinkedHashMap<>();
  private boolean withManifest = true;

  private PluginSource() {}

  /** A good plugin for e-mail; its display name is {@code <name> <version>}. */
  public static PluginSource plugin(String name, String version) {
    return new PluginSource()
        .attribute("Signalbox-Plugin", name)
        .attribute("Signalbox-Plugin-Version", version)
        .attribute("Signalbox-Spi-Version", "1")
        .entry(SERVICE, "# the factory\nacme.Factory # of this plugin\n")
        .type("acme.Factory", factory(name, version, "", ""));
  }

  /** Source of a factory, with code for its constructor and its descriptor. */
  public static String factory(String name, String version, String constructor, String descriptor) {
    return String.format(
        Locale.ROOT,
        """
        package acme;
        import io.signalbox.spi.*;
        import io.vertx.core.Future;
        import java.util.Set;
        public final class Factory implements ProviderFactory {
          public Factory() { %s }
          @Override public PluginDescriptor descriptor() {
            %s
            return new PluginDescriptor("%s", "%s %s", Set.of(Channel.EMAIL), Set.of(), "", false,
                false);
          }
          @Override public Provider create(ProviderContext context) {
            return new Provider() {
              @Override public Future<CheckResult> check() {
                return Future.succeededFuture(CheckResult.healthy("%s"));
              }
              @Override public Future<Void> close() { return Future.succeededFuture(); }
            };
          }
        }
        """,
        constructor,
        descriptor,
        name,
        name,
        version,
        version);
  }

  public PluginSource type(String className, String source) {
    classes.put(className, source);
    return this;
  }

  public PluginSource entry(String name, String content) {
    return entry(name, content.getBytes(StandardCharsets.UTF_8));
  }

  public PluginSource entry(String name, byte[] content) {
    entries.put(name, content);
    return this;
  }

  public PluginSource without(String entry) {
    entries.remove(entry);
    return this;
  }

  public PluginSource attribute(String key, String value) {
    manifest.put(key, value);
    return this;
  }

  public PluginSource withoutAttribute(String key) {
    manifest.remove(key);
    return this;
  }

  public PluginSource withoutManifest() {
    withManifest = false;
    return this;
  }

  /** Writes the jar beside its place and renames it, as the documents advise. */
  public Path moveTo(Path jar) throws IOException {
    Path temporary = jar.resolveSibling(jar.getFileName() + ".tmp");
    writeTo(temporary);
    return Files.move(
        temporary, jar, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Writes the jar in place. */
  public Path writeTo(Path jar) throws IOException {
    Map<String, byte[]> all = new LinkedHashMap<>(entries);
    all.putAll(compile());
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out =
            withManifest ? new JarOutputStream(file, manifest()) : new JarOutputStream(file)) {
      for (Map.Entry<String, byte[]> entry : all.entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue());
        out.closeEntry();
      }
    }
    return jar;
  }

  /** Writes the jar and checks it as the folder does. */
  PluginJar checked(Path jar) throws IOException, PluginRefusedException {
    return JarCheck.of(PluginTrust.ALL, Clock.systemUTC()).check(writeTo(jar));
  }

  private Manifest manifest() {
    Manifest result = new Manifest();
    result.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.forEach((key, value) -> result.getMainAttributes().putValue(key, value));
    return result;
  }

  /** The class files of one source, by their paths. */
  public static Map<String, byte[]> compiled(String className, String source) throws IOException {
    return new PluginSource().type(className, source).compileAnew();
  }

  private Map<String, byte[]> compile() throws IOException {
    Map<String, byte[]> known = COMPILED.get(classes);
    if (known == null) {
      known = compileAnew();
      COMPILED.put(Map.copyOf(classes), known);
    }
    return known;
  }

  private Map<String, byte[]> compileAnew() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Path target = Files.createTempDirectory("plugin-classes");
    List<JavaFileObject> sources =
        classes.entrySet().stream()
            .<JavaFileObject>map(entry -> new Source(entry.getKey(), entry.getValue()))
            .toList();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(target));
      List<String> options = List.of("-proc:none", "-nowarn", "--release", "17");
      boolean done = compiler.getTask(null, files, null, options, null, sources).call();
      assertThat(done).as("the plugin's sources compile").isTrue();
    }
    Map<String, byte[]> compiled = new LinkedHashMap<>();
    try (Stream<Path> found = Files.walk(target)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        compiled.put(target.relativize(file).toString(), Files.readAllBytes(file));
        Files.delete(file);
      }
    }
    return compiled;
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String code;

    private Source(String className, String code) {
      super(URI.create("string:///" + className.replace('.', '/') + ".java"), Kind.SOURCE);
      this.code = code;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return code;
    }
  }
}
