package io.signalbox.loader;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plugins see themselves, the SPI and the JDK; not each other, and not the gateway. */
class PluginIsolationTest extends WatchedFolder {

  /** A plugin whose display name is told by a library in its jar. */
  private static PluginSource withLibrary(String name, String library) {
    return PluginSource.plugin(name, "1.0")
        .type(
            "lib.Library",
            "package lib; public class Library { public static String version() { return \""
                + library
                + "\"; } }")
        .type(
            "acme.Factory",
            PluginSource.factory(
                name,
                "1.0",
                "",
                "if (true) return new PluginDescriptor(\""
                    + name
                    + "\", lib.Library.version(), Set.of(Channel.EMAIL), Set.of(), \"\", false,"
                    + " false);"));
  }

  private String displayName(String file) {
    return pluginStatus(file).descriptor().displayName();
  }

  @Test
  void twoPluginsRunOnDifferentVersionsOfALibrary() throws Exception {
    Files.createDirectories(dir);
    withLibrary("mail", "lib 1.9").moveTo(dir.resolve("mail.jar"));
    withLibrary("sms", "lib 2.4").moveTo(dir.resolve("sms.jar"));
    provider("a.yaml", "plugin: mail\n");
    provider("b.yaml", "plugin: sms\n");
    start();
    assertThat(gateway.running).containsOnlyKeys("a", "b");
    assertThat(displayName("mail.jar")).isEqualTo("lib 1.9");
    assertThat(displayName("sms.jar")).isEqualTo("lib 2.4");
    withLibrary("mail", "lib 3.0").moveTo(dir.resolve("mail.jar"));
    eventually(() -> assertThat(displayName("mail.jar")).isEqualTo("lib 3.0"));
    assertThat(displayName("sms.jar")).isEqualTo("lib 2.4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Class.forName(\"%s\")",
        "getClass().getClassLoader().loadClass(\"%s\")",
        "Thread.currentThread().getContextClassLoader().loadClass(\"%s\")"
      })
  void thePluginCannotSeeTheGatewaysClasses(String look) throws Exception {
    Files.createDirectories(dir);
    String code = look.replace("%s", PluginFolder.class.getName());
    PluginSource.plugin("mail", "1.0")
        .type(
            "acme.Factory",
            PluginSource.factory(
                "mail",
                "1.0",
                "try { "
                    + code
                    + "; } catch (ClassNotFoundException e) { throw new"
                    + " IllegalStateException(e.getMessage()); }",
                ""))
        .moveTo(dir.resolve("mail.jar"));
    start();
    assertThat(gateway.reasons()).hasSize(1);
    assertThat(gateway.reasons().get(0))
        .contains(
            PluginFolder.class.getName() + " is a class of the gateway, which plugins cannot see",
            "plugin mail 1.0 must use the SPI instead, or pack a copy of its own");
  }

  @Test
  void onePluginCannotSeeTheClassesOfAnother() throws Exception {
    Files.createDirectories(dir);
    withLibrary("sms", "lib 2.4").moveTo(dir.resolve("sms.jar"));
    PluginSource.plugin("mail", "1.0")
        .type(
            "acme.Factory",
            PluginSource.factory(
                "mail",
                "1.0",
                "try { Class.forName(\"lib.Library\"); } catch (ClassNotFoundException e) { throw"
                    + " new IllegalStateException(e.getMessage()); }",
                ""))
        .moveTo(dir.resolve("mail.jar"));
    start();
    assertThat(gateway.reasons()).hasSize(1);
    assertThat(gateway.reasons().get(0))
        .contains("lib.Library is not in the jar of plugin mail 1.0: pack the dependency");
  }
}
