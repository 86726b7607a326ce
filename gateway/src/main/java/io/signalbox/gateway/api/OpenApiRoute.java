package io.signalbox.gateway.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The OpenAPI document as it is served. It is read when somebody first asks for it: most gateways
 * nobody asks. Thread-safe.
 */
final class OpenApiRoute {
  /** All answers share the same bytes, which nobody changes. */
  private volatile @Nullable Forms forms;

  private record Forms(Buffer plain, Buffer zipped) {}

  /** Anybody may ask for it, often. */
  void mount(Router router) {
    router.get("/openapi.yaml").handler(this::answer);
  }

  private void answer(RoutingContext ctx) {
    Forms known = forms;
    if (known != null) {
      answer(ctx, known);
      return;
    }
    ctx.vertx()
        .executeBlocking(this::read)
        .onFailure(ctx::fail)
        .onSuccess(read -> answer(ctx, read));
  }

  private static void answer(RoutingContext ctx, Forms forms) {
    ctx.response().putHeader(HttpHeaders.CONTENT_TYPE, "application/yaml");
    Answers.end(ctx, Gzip.choose(ctx.request(), ctx.response(), forms.plain, () -> forms.zipped));
  }

  /** Once, however many ask at first. */
  private synchronized Forms read() throws IOException {
    Forms known = forms;
    if (known == null) {
      Buffer document = document();
      known = new Forms(document, Gzip.zip(document));
      forms = known;
    }
    return known;
  }

  static Buffer document() throws IOException {
    try (InputStream in = OpenApiRoute.class.getResourceAsStream("/openapi/openapi.yaml")) {
      if (in == null) {
        throw new IOException("openapi/openapi.yaml is missing from the class path");
      }
      return Buffer.buffer(in.readAllBytes());
    }
  }
}
