package io.signalbox.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.loader.check.PluginJar;
import io.signalbox.loader.check.PluginRefusedException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadedPluginTest {
  @TempDir Path temp;

  private LoadedPlugin load(PluginSource source) throws Exception {
    PluginJar jar = source.checked(temp.resolve("mail.jar"));
    return LoadedPlugin.load(jar, LoadedPlugin.class.getClassLoader());
  }

  private void refused(PluginSource source, String... parts) {
    assertThatThrownBy(() -> load(source))
        .isInstanceOf(PluginRefusedException.class)
        .hasMessageContainingAll(parts);
  }

  private static PluginSource factory(String code) {
    return PluginSource.plugin("mail", "1.0").type("acme.Factory", code);
  }

  @Test
  void givesNothingOutAfterItWasUnloaded() throws Exception {
    LoadedPlugin plugin = load(PluginSource.plugin("mail", "1.0"));
    assertThat(plugin.factory().descriptor()).isEqualTo(plugin.descriptor());
    assertThat(plugin.classLoader().getName()).isEqualTo("plugin mail 1.0");
    plugin.unload(new LeakDetector());
    plugin.unload(new LeakDetector());
    assertThatThrownBy(plugin::factory)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("plugin mail 1.0 was unloaded");
    assertThat(plugin.name()).isEqualTo("mail");
  }

  @Test
  void makesTheFactoryWithThePluginsOwnContextLoader() throws Exception {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    load(
        factory(
            PluginSource.factory(
                "mail",
                "1.0",
                "if (Thread.currentThread().getContextClassLoader() != Factory.class"
                    + ".getClassLoader()) throw new IllegalStateException();",
                "")));
    assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
  }

  @Test
  void refusesADescriptorOfAnotherName() {
    refused(
        factory(PluginSource.factory("sms", "1.0", "", "")),
        "Signalbox-Plugin: mail",
        "descriptor says sms");
  }

  @Test
  void refusesAFactoryThatFails() {
    refused(
        factory(
            PluginSource.factory(
                "mail", "1.0", "if (true) throw new IllegalStateException(\"boom\");", "")),
        "its factory cannot be made",
        "boom");
    refused(
        factory(PluginSource.factory("mail", "1.0", "", "if (true) return null;")),
        "descriptor() returned null");
  }

  @Test
  void refusesAFactoryWhoseClassFailsWithABareError() {
    String good = PluginSource.factory("mail", "1.0", "", "");
    refused(
        factory(
            good.replace(
                "public Factory()",
                "static { if (true) throw new Error(\"bare\"); } public Factory()")),
        "its factory cannot be made",
        "bare");
  }

  @Test
  void refusesAClassThatIsNoFactory() {
    refused(factory("package acme; public class Factory {}"), "is no ProviderFactory");
    refused(
        PluginSource.plugin("mail", "1.0").entry(PluginSource.SERVICE, "acme.Missing"),
        "acme.Missing",
        "is not in it: pack the class as acme/Missing.class");
  }

  @Test
  void refusesAFactoryThatNeedsAGatewayClass() {
    refused(
        factory(
            PluginSource.factory(
                "mail",
                "1.0",
                "io.signalbox.loader.check.Sha256.of(\"x\").length();"
                    + "new io.signalbox.loader.PluginRefusal(null, null);",
                "")),
        "is a class of the gateway");
  }
}
