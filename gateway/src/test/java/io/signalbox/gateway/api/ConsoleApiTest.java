package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.api.Calls.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the console's files are served. */
class ConsoleApiTest {
  private static final Path FILES = Path.of("src/main/resources/console");

  @TempDir private Path dir;

  @Test
  void everyFileIsServedAndNothingElse() throws Exception {
    try (TestGateway gateway = TestGateway.start(dir, Map.of())) {
      Calls calls = new Calls(gateway.url());
      for (String file : files()) {
        Reply reply = calls.send("GET", "/console/" + file, "");
        assertThat(reply.status()).as(file).isEqualTo(200);
        assertThat(reply.text()).as(file).isEqualTo(Files.readString(FILES.resolve(file)));
        assertThat(reply.header("content-type")).as(file).isNotEmpty();
        String etag = reply.header("etag");
        assertThat(calls.send("GET", "/console/" + file, "", "if-none-match", etag).status())
            .as(file)
            .isEqualTo(304);
      }
      Reply page = calls.send("GET", "/console/", "");
      assertThat(page.header("content-type")).isEqualTo("text/html; charset=utf-8");
      assertThat(page.header("content-security-policy"))
          .contains("script-src 'self';")
          .contains("style-src 'self';")
          .contains("frame-ancestors 'none'")
          .contains("require-trusted-types-for 'script'");
      assertThat(calls.send("GET", "/console", "").header("location")).isEqualTo("/console/");
      for (String odd :
          List.of(
              "absent.js", "..%2f..%2flogback.xml", "%2e%2e/x.js", "views", "a.class", "A.js")) {
        assertThat(calls.send("GET", "/console/" + odd, "").status()).as(odd).isEqualTo(404);
      }
      assertThat(calls.send("POST", "/console/", "").status()).isEqualTo(405);
      assertThat(calls.send("HEAD", "/console/", "").status()).isEqualTo(200);
    }
  }

  /** Inline scripts and styles would be refused by the policy, and texts are data. */
  @Test
  void nothingIsInlineAndNoTextBecomesMarkup() throws Exception {
    for (String file : files()) {
      String text = Files.readString(FILES.resolve(file));
      assertThat(text)
          .as(file)
          .doesNotContain("innerHTML")
          .doesNotContain("outerHTML")
          .doesNotContain("insertAdjacentHTML")
          .doesNotContain("document.write")
          .doesNotContain(" style=")
          .doesNotContain("localStorage.setItem(\"token")
          .doesNotContainPattern("<script(?![^>]* src=)")
          .doesNotContainPattern("\\son[a-z]+=\"")
          .doesNotContainPattern("https?://(?!www\\.w3\\.org/)[a-z0-9]");
    }
  }

  private static List<String> files() throws Exception {
    try (Stream<Path> all = Files.walk(FILES)) {
      return all.filter(Files::isRegularFile)
          .map(file -> FILES.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }
}
