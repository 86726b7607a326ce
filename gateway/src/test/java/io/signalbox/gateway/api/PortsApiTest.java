package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.security.Role;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsApiTest {
  private static final List<String> FOR_ADMINISTRATION =
      List.of(
          "/api/v1/providers",
          "/api/v1/api-keys",
          "/api/v1/audit",
          "/api/v1/notifications",
          "/api/v1/plugins",
          "/api/v1/preferences",
          "/api/v1/policies",
          "/api/v1/callbacks",
          "/api/v1/drills",
          "/api/v1/suppressions",
          "/api/v1/dead-letters",
          "/api/v1/notifications/pipeline/metrics");

  @TempDir private Path dir;

  @Test
  void administrationAndMetricsAreOnTheirOwnPortsAlone() throws Exception {
    Map<String, String> ports = Map.of("http.admin_port", "0", "http.metrics_port", "0");
    try (TestGateway gateway = TestGateway.start(dir, ports)) {
      String main = gateway.url();
      String admin = gateway.http().adminUrl().orElseThrow();
      String metrics = gateway.http().metricsUrl().orElseThrow();
      String token = gateway.token(Role.ADMIN);
      for (String path : FOR_ADMINISTRATION) {
        assertThat(get(main + path, token).statusCode()).as(path).isEqualTo(404);
        assertThat(get(admin + path, token).statusCode()).as(path).isIn(200, 503);
        assertThat(get(admin + path).statusCode()).as(path).isEqualTo(401);
        assertThat(get(metrics + path, token).statusCode()).as(path).isEqualTo(404);
      }
      assertThat(get(metrics + "/metrics").body()).contains("signalbox_backlog");
      assertThat(get(main + "/metrics", token).statusCode()).isEqualTo(404);
      assertThat(get(admin + "/metrics", token).statusCode()).isEqualTo(404);
      for (String each : List.of(main, admin, metrics)) {
        assertThat(get(each + "/health/live").statusCode()).isEqualTo(200);
      }
      String timeline = "/api/v1/notifications/00000000-0000-7000-8000-000000000000";
      assertThat(get(main + timeline).statusCode()).isEqualTo(401);
      assertThat(get(admin + timeline).statusCode()).isEqualTo(401);
      assertThat(get(metrics + timeline).statusCode()).isEqualTo(404);
      assertThat(get(admin + "/webhooks/nobody").body()).contains("nothing at this path");
      assertThat(get(main + "/webhooks/nobody").body()).contains("no provider");
    }
  }

  /** Not held to the document, which knows nothing of ports. */
  private static HttpResponse<String> get(String url, String... token) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(20));
    for (String each : token) {
      request.header("authorization", "Bearer " + each);
    }
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void noAnswerIsKeptGuessedAtFramedOrSignedByAServer() throws Exception {
    try (TestGateway gateway = TestGateway.start(dir, Map.of())) {
      Calls calls = new Calls(gateway.url());
      for (String path :
          List.of("/health", "/openapi.yaml", "/nothing", "/api/v1/providers", "/")) {
        Calls.Reply reply = calls.send("GET", path, "");
        assertThat(reply.header("x-content-type-options")).as(path).isEqualTo("nosniff");
        assertThat(reply.header("cache-control")).as(path).isEqualTo("no-store");
        assertThat(reply.header("referrer-policy")).as(path).isEqualTo("no-referrer");
        assertThat(reply.header("content-security-policy"))
            .as(path)
            .contains("default-src 'none'", "frame-ancestors 'none'")
            .doesNotContain("unsafe");
        assertThat(reply.header("server") + reply.header("x-powered-by")).as(path).isEmpty();
        assertThat(reply.header("strict-transport-security")).as(path).isEmpty();
        assertThat(reply.text())
            .as(path)
            .doesNotContainIgnoringCase("vert.x")
            .doesNotContain("netty");
      }
    }
  }
}
