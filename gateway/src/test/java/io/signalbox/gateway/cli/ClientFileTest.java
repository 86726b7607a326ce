package io.signalbox.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientFileTest {
  @TempDir private Path dir;

  @Test
  void isFoundByItsVariableOrInTheUsersFolder() throws Exception {
    assertThat(ClientFile.of(Map.of()).url()).isEmpty();
    assertThat(ClientFile.of(Map.of("HOME", dir.toString())).url()).isEmpty();
    Path usual = Files.createDirectories(dir.resolve(".config/signalbox"));
    Files.writeString(
        usual.resolve("client.properties"),
        "url = https://gw.example\ntoken_file = /run/token\nca_file = /etc/ca.pem\n");
    ClientFile file = ClientFile.of(Map.of("HOME", dir.toString()));
    assertThat(file.url()).contains("https://gw.example");
    assertThat(file.token()).isEmpty();
    assertThat(file.tokenFile()).contains(Path.of("/run/token"));
    assertThat(file.authorities()).contains(Path.of("/etc/ca.pem"));

    Path named = Files.writeString(dir.resolve("other"), "token=abc\n");
    Map<String, String> environment =
        Map.of("HOME", dir.toString(), ClientFile.VARIABLE, named.toString());
    assertThat(ClientFile.of(environment).token()).contains("abc");
    assertThat(ClientFile.of(environment).url()).isEmpty();
  }

  @Test
  void itsTokenIsForItsOwnGatewayAlone() throws Exception {
    Path about = Files.writeString(dir.resolve("about"), "url=https://gw.example/\ntoken=abc\n");
    ClientFile file = ClientFile.of(Map.of(ClientFile.VARIABLE, about.toString()));
    assertThat(file.isFor("https://gw.example")).isTrue();
    assertThat(file.isFor("https://gw.example:444")).isFalse();
    assertThat(file.isFor("http://gw.example")).isFalse();
    Path any = Files.writeString(dir.resolve("any"), "token=abc\n");
    assertThat(ClientFile.of(Map.of(ClientFile.VARIABLE, any.toString())).isFor("http://a"))
        .isTrue();
  }

  @Test
  void saysWhatIsWrongWithIt() throws Exception {
    Path file = Files.writeString(dir.resolve("c"), "urll=x\n");
    assertThatThrownBy(() -> ClientFile.of(Map.of(ClientFile.VARIABLE, file.toString())))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("urll is not known");
    assertThatThrownBy(() -> ClientFile.of(Map.of(ClientFile.VARIABLE, dir + "/none")))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("cannot be read");
  }

  @Test
  void progressIsABarWhereTheEndIsKnown() {
    assertThat(Progress.line("drill", Duration.ofSeconds(15), Duration.ofSeconds(30)))
        .isEqualTo("drill [" + "#".repeat(15) + ".".repeat(15) + "] 15 of at most 30 s");
    assertThat(Progress.line("verifying", Duration.ofSeconds(3), Duration.ZERO))
        .isEqualTo("verifying ... 3 s");
  }
}
