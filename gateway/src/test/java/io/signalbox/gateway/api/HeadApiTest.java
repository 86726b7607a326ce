package io.signalbox.gateway.api;

import static io.signalbox.gateway.api.TestGateway.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.TemplateDocument;
import io.signalbox.gateway.ledger.TemplateParts;
import io.signalbox.gateway.security.Role;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code HEAD} is answered as {@code GET} is, without the body. */
class HeadApiTest {
  private static final String TEMPLATES = "/api/v1/templates";
  private static final String CONTENT_LENGTH = "content-length";
  private static final List<String> OF_THE_BODY =
      List.of("content-type", "content-encoding", "vary", "etag");

  @TempDir private static Path dir;
  private static TestGateway gateway;

  @BeforeAll
  static void start() throws Exception {
    gateway = TestGateway.start(dir, Map.of());
    TemplateDocument document =
        new TemplateDocument("greets", "en", Map.of("en", new TemplateParts(null, "Hello", null)));
    List<Future<?>> stored = new ArrayList<>();
    // As many as need more than what is sent as it is.
    for (int i = 0; i < 40; i++) {
      stored.add(
          gateway
              .ledger()
              .templates()
              .putTemplate("default", "greeting-" + i, document, before -> {}, "alex", 1));
    }
    await(Future.all(stored));
  }

  @AfterAll
  static void stop() throws Exception {
    gateway.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
  void itHasTheHeadersOfTheBodyThatGetWouldSend(HttpVersion version) throws Exception {
    HttpClient client =
        gateway
            .vertx()
            .createHttpClient(
                new HttpClientOptions()
                    .setProtocolVersion(version)
                    .setHttp2ClearTextUpgrade(false));
    try {
      for (String path : List.of(TEMPLATES, TEMPLATES + "/greeting-1", "/openapi.yaml", "/none")) {
        for (String encoding : List.of("gzip", "identity")) {
          Reply get = ask(client, HttpMethod.GET, path, "accept-encoding", encoding);
          Reply head = ask(client, HttpMethod.HEAD, path, "accept-encoding", encoding);
          String what = path + " " + encoding;
          assertThat(head.status).as(what).isEqualTo(get.status);
          assertThat(head.body.length()).as(what).isZero();
          assertThat(get.body.length()).as(what).isPositive();
          assertThat(head.headers.get(CONTENT_LENGTH))
              .as(what)
              .isEqualTo(get.headers.get(CONTENT_LENGTH));
          for (String name : OF_THE_BODY) {
            assertThat(head.headers.get(name)).as(what).isEqualTo(get.headers.get(name));
          }
        }
      }
      Reply zipped = ask(client, HttpMethod.HEAD, TEMPLATES, "accept-encoding", "gzip");
      assertThat(zipped.headers.get("content-encoding")).isEqualTo("gzip");
      Reply known =
          ask(client, HttpMethod.HEAD, TEMPLATES + "/greeting-1", "if-none-match", "\"1\"");
      assertThat(known.status).isEqualTo(304);
      assertThat(known.headers.get("etag")).isEqualTo("\"1\"");
      assertThat(known.headers.contains(CONTENT_LENGTH)).isFalse();
    } finally {
      await(client.close());
    }
  }

  private static Reply ask(
      HttpClient client, HttpMethod method, String path, String header, String value)
      throws Exception {
    RequestOptions options =
        new RequestOptions()
            .setMethod(method)
            .setAbsoluteURI(gateway.url() + path)
            .putHeader("authorization", "Bearer " + gateway.token(Role.ADMIN))
            .putHeader(header, value);
    // The body is asked for where the response arrives: later it may have passed unseen.
    return await(
        client.request(options).compose(request -> request.send().compose(HeadApiTest::whole)));
  }

  private static Future<Reply> whole(HttpClientResponse response) {
    return response.body().map(body -> new Reply(response.statusCode(), response.headers(), body));
  }

  private record Reply(int status, MultiMap headers, Buffer body) {}
}
