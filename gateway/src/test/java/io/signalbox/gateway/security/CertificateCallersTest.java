package io.signalbox.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateCallersTest {
  @TempDir private Path dir;

  private CertificateCallers read(String text) throws IOException {
    return CertificateCallers.read(Files.writeString(dir.resolve("callers.yaml"), text));
  }

  @Test
  void theFirstNameThatIsKnownSaysWhoItIs() throws IOException {
    CertificateCallers callers =
        read(
            """
            callers:
              - {certificate: 'cn:a', subject: one, tenant: t, roles: [sender, viewer]}
              - {certificate: 'DNS:B.example', subject: two, tenant: t, roles: [admin]}
            """
                .replace("DNS:", "dns:"));
    assertThat(callers.find(List.of("uri:x", "dns:b.example", "cn:a")).orElseThrow().subject())
        .isEqualTo("two");
    assertThat(callers.find(List.of("cn:a")))
        .contains(
            new Caller(
                "one", "t", Set.of(Role.SENDER, Role.VIEWER), Caller.Credential.CERTIFICATE));
    assertThat(callers.find(List.of("cn:A", "dns:a"))).isEmpty();
  }

  @Test
  void anOwnerMayBeNarrowed() throws IOException {
    CertificateCallers callers =
        read(
            "callers: [{certificate: 'cn:a', subject: s, tenant: t, roles: [sender],"
                + " scopes: [notifications:write]}]");
    assertThat(callers.find(List.of("cn:a")).orElseThrow().scopes().words())
        .containsExactly("notifications:write");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          []                                                                            | a list callers
          callers: 5                                                                    | a list callers
          {callers: [], more: 1}                                                        | a list callers
          callers: [5]                                                                  | callers[0] must have
          callers: [{certificate: 'cn:a', subject: s, tenant: t}]                       | callers[0] must have
          callers: [{certificate: a, subject: s, tenant: t, roles: [sender]}]           | must begin with uri:
          callers: [{certificate: 'cn:a', subject: '', tenant: t, roles: [sender]}]     | callers[0].subject
          callers: [{certificate: 'cn:a', subject: s, tenant: t, roles: [king]}]        | king is no role
          callers: [{certificate: 'cn:a', subject: s, tenant: t, roles: []}]            | callers[0].roles
          callers: [{certificate: 'cn:a', subject: s, tenant: t, roles: sender}]        | callers[0].roles
          callers: [{certificate: 'cn:a', subject: s, tenant: t, roles: [sender], scopes: [all]}] | all is no scope
          callers: [{certificate: 'cn:a', subject: s, tenant: t, roles: [sender], scopes: []}] | callers[0].scopes
          callers: [{certificate: 'cn:a', subject: s, tenant: t, roles: [sender], more: 1}] | callers[0] must have
          '{'                                                                           | must be YAML
          """)
  void mistakesAreNamed(String text, String expected) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(expected);
  }

  @Test
  void nobodyStandsThereTwice() {
    String one = "{certificate: 'cn:a', subject: s, tenant: t, roles: [sender]}";
    assertThatThrownBy(() -> read("callers: [" + one + ", " + one + "]"))
        .hasMessageContaining("callers[1].certificate stands there twice");
  }
}
