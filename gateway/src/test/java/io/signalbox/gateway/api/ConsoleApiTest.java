package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.security.Access;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
      for (String file : files()) {
        HttpResponse<String> reply = ask(gateway, "GET", "/console/" + file);
        assertThat(reply.statusCode()).as(file).isEqualTo(200);
        assertThat(reply.body()).as(file).isEqualTo(Files.readString(FILES.resolve(file)));
        assertThat(reply.headers().firstValue("content-type").orElse("")).as(file).isNotEmpty();
        String etag = reply.headers().firstValue("etag").orElse("");
        assertThat(ask(gateway, "GET", "/console/" + file, "if-none-match", etag).statusCode())
            .as(file)
            .isEqualTo(304);
      }
      HttpResponse<String> page = ask(gateway, "GET", "/console/");
      assertThat(page.headers().firstValue("content-type").orElse(""))
          .isEqualTo("text/html; charset=utf-8");
      assertThat(page.headers().firstValue("content-security-policy").orElse(""))
          .contains("script-src 'self';")
          .contains("style-src 'self';")
          .contains("frame-ancestors 'none'")
          .contains("require-trusted-types-for 'script'");
      assertThat(ask(gateway, "GET", "/console").headers().firstValue("location").orElse(""))
          .isEqualTo("/console/");
      for (String odd :
          List.of(
              "absent.js", "..%2f..%2flogback.xml", "%2e%2e/x.js", "views", "a.class", "A.js")) {
        assertThat(ask(gateway, "GET", "/console/" + odd).statusCode()).as(odd).isEqualTo(404);
      }
      assertThat(ask(gateway, "POST", "/console/").statusCode()).isEqualTo(405);
      assertThat(ask(gateway, "HEAD", "/console/").statusCode()).isEqualTo(200);
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

  /** A right that there is not would hide something from everybody. */
  @Test
  void everyRightThatThePageAsksForIsOne() throws Exception {
    Set<String> known =
        Stream.of(Access.values()).map(Access::wireName).collect(Collectors.toSet());
    Set<String> asked = new TreeSet<>();
    for (String file : files()) {
      Matcher right =
          Pattern.compile("(?:may\\(|right: )\"([^\"]+)\"")
              .matcher(Files.readString(FILES.resolve(file)));
      while (right.find()) {
        asked.add(right.group(1));
      }
    }
    assertThat(asked).contains("providers_control").isSubsetOf(known);
  }

  /** The page is not in the document: it is no part of the API. */
  private static HttpResponse<String> ask(
      TestGateway gateway, String method, String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(gateway.url() + path))
            .timeout(Duration.ofSeconds(30))
            .method(method, HttpRequest.BodyPublishers.noBody());
    return HttpClient.newHttpClient()
        .send(
            (headers.length == 0 ? request : request.headers(headers)).build(),
            HttpResponse.BodyHandlers.ofString());
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
