package io.signalbox.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.signalbox.loader.check.PluginJar;
import io.signalbox.spi.ProviderFactory;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginClassLoaderTest {
  @TempDir Path temp;

  private PluginClassLoader open(PluginSource source, String name) throws Exception {
    PluginJar jar = source.checked(temp.resolve(name + ".jar"));
    return new PluginClassLoader(jar.title(), jar.path(), PluginClassLoader.class.getClassLoader());
  }

  private static PluginSource withLibrary(String version) {
    return PluginSource.plugin("mail", version)
        .type(
            "lib.Version",
            "package lib; public class Version { @Override public String toString() { return \""
                + version
                + "\"; } }");
  }

  @Test
  void twoPluginsHoldDifferentVersionsOfALibrary() throws Exception {
    try (PluginClassLoader one = open(withLibrary("1.0"), "one");
        PluginClassLoader two = open(withLibrary("2.0"), "two")) {
      Class<?> first = one.loadClass("lib.Version");
      Class<?> second = two.loadClass("lib.Version");
      assertThat(first).isNotSameAs(second);
      assertThat(first.getConstructor().newInstance()).hasToString("1.0");
      assertThat(second.getConstructor().newInstance()).hasToString("2.0");
    }
  }

  @Test
  void sharedTypesAreTheGatewaysAndTheFactoryFitsThem() throws Exception {
    try (PluginClassLoader loader = open(PluginSource.plugin("mail", "1.0"), "one")) {
      assertThat(loader.loadClass("io.vertx.core.Vertx")).isSameAs(Vertx.class);
      assertThat(ProviderFactory.class).isAssignableFrom(loader.loadClass("acme.Factory"));
      assertThat(loader.loadClass("org.slf4j.Logger")).isSameAs(org.slf4j.Logger.class);
    }
  }

  @Test
  void classesOfTheGatewayAreInvisibleAndTheMessageSaysSo() throws Exception {
    try (PluginClassLoader loader = open(PluginSource.plugin("mail", "1.0"), "one")) {
      assertThatThrownBy(() -> loader.loadClass(PluginFolder.class.getName()))
          .isInstanceOf(ClassNotFoundException.class)
          .hasMessageContainingAll("is a class of the gateway", "plugin mail 1.0");
      assertThatThrownBy(() -> loader.loadClass("org.yaml.snakeyaml.Yaml"))
          .isInstanceOf(ClassNotFoundException.class)
          .hasMessageContaining("is a class of the gateway");
      assertThatThrownBy(() -> loader.loadClass("com.acme.Nowhere"))
          .isInstanceOf(ClassNotFoundException.class)
          .hasMessageContaining("is not in the jar of plugin mail 1.0");
    }
  }

  @Test
  void classesOfTheJdkAreVisible() throws Exception {
    try (PluginClassLoader loader = open(PluginSource.plugin("mail", "1.0"), "one")) {
      for (String name :
          List.of(
              "java.net.http.HttpClient",
              "javax.crypto.Mac",
              "org.w3c.dom.Document",
              "com.sun.net.httpserver.HttpServer",
              "java.sql.Driver")) {
        assertThat(loader.loadClass(name)).isNotNull();
      }
    }
  }

  @Test
  void aJavaxLibraryMayBePacked() throws Exception {
    PluginSource source =
        PluginSource.plugin("mail", "1.0")
            .type("javax.acme.Extra", "package javax.acme; public class Extra {}");
    try (PluginClassLoader loader = open(source, "one")) {
      assertThat(loader.loadClass("javax.acme.Extra").getClassLoader()).isSameAs(loader);
    }
  }

  @Test
  void resourcesAndServicesAreTheJarsOwn() throws Exception {
    try (PluginClassLoader loader = open(PluginSource.plugin("mail", "1.0"), "one")) {
      assertThat(loader.getResource("logback-test.xml")).isNull();
      assertThat(loader.getResourceAsStream("io/vertx/core/Vertx.class")).isNull();
      assertThat(Collections.list(loader.getResources("META-INF/MANIFEST.MF"))).hasSize(1);
      try (InputStream in = loader.getResourceAsStream(PluginSource.SERVICE)) {
        assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).contains("acme.Factory");
      }
    }
  }

  @Test
  void closingLeavesNoOpenFile() throws Exception {
    Path descriptors = Path.of("/proc/self/fd");
    assumeTrue(Files.isDirectory(descriptors), "needs /proc");
    List<InputStream> leftOpen = new ArrayList<>();
    try (PluginClassLoader loader = open(PluginSource.plugin("mail", "1.0"), "one")) {
      loader.loadClass("acme.Factory");
      URL url = loader.getResource(PluginSource.SERVICE);
      try (InputStream in = url.openStream()) {
        assertThat(in.readAllBytes()).isNotEmpty();
      }
      // A plugin that forgets to close: the loader does it.
      leftOpen.add(loader.getResourceAsStream(PluginSource.SERVICE));
      assertThat(openFiles(descriptors)).isNotEmpty();
    }
    assertThat(leftOpen).hasSize(1);
    assertThat(openFiles(descriptors)).isEmpty();
  }

  private List<String> openFiles(Path descriptors) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> all = Files.list(descriptors)) {
      for (Path link : all.toList()) {
        try {
          String target = Files.readSymbolicLink(link).toString();
          if (target.startsWith(temp.toRealPath().toString())) {
            found.add(target);
          }
        } catch (IOException e) {
          // Closed while listing, such as the listing's own.
        }
      }
    }
    return found;
  }
}
