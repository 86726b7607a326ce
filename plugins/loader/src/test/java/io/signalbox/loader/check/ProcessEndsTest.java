package io.signalbox.loader.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.loader.PluginSource;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Code that would end the gateway's process is refused with where it stands. */
class ProcessEndsTest {
  @TempDir Path temp;

  private PluginJar check(String body) throws Exception {
    String source =
        "package acme; class Extra { Object r(Object o) { return o; } void m() { " + body + " } }";
    Path jar =
        PluginSource.plugin("mail", "1.0")
            .type("acme.Extra", source)
            .writeTo(temp.resolve("mail.jar"));
    return JarCheck.of(PluginTrust.ALL, Clock.systemUTC()).check(jar);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "System.exit(1);                                        | System.exit in acme.Extra.m",
        "Runtime.getRuntime().exit(1);                          | Runtime.exit in acme.Extra.m",
        "Runtime.getRuntime().halt(1);                          | Runtime.halt in acme.Extra.m",
        "Runtime.getRuntime().addShutdownHook(new Thread());    | Runtime.addShutdownHook in acme.",
        "java.util.function.IntConsumer c = System::exit; r(c); | System.exit in acme.Extra.m",
        "Runnable c = () -> System.exit(2); r(c);               | System.exit in acme.Extra.lambda",
      })
  void isRefusedWithItsPlace(String body, String place) {
    assertThatThrownBy(() -> check(body))
        .isInstanceOf(PluginRefusedException.class)
        .hasMessageContainingAll("calls " + place, "Provider.close()");
  }

  @Test
  void otherMethodsOfTheSameNamesAreNot() throws Exception {
    String body =
        "class System { static void exit(int c) {} } System.exit(1);"
            + " r(Runtime.getRuntime().availableProcessors()); r(\"System.exit\");";
    assertThat(check(body).name()).isEqualTo("mail");
  }
}
