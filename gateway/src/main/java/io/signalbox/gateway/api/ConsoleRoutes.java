package io.signalbox.gateway.api;

import io.signalbox.gateway.console.ConsoleFiles;
import io.signalbox.gateway.console.ConsoleFiles.ConsoleFile;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * {@code /console}: the web page for operators. Its files are no secret and need no token; what it
 * shows it gets by the calls of the document, with the token of who looks at it.
 */
final class ConsoleRoutes {
  private static final String PATH = "/console/";

  /** Besides what holds for all answers, the page's own scripts cannot make markup of text. */
  private static final String TRUSTED =
      "; require-trusted-types-for 'script'; trusted-types 'none'";

  private static final String POLICY = "content-security-policy";

  private final ConsoleFiles files;

  ConsoleRoutes(ConsoleFiles files) {
    this.files = files;
  }

  void mount(Router router) {
    router.route("/console").handler(this::serve);
    router.route(PATH + "*").handler(this::serve);
  }

  private void serve(RoutingContext ctx) {
    HttpMethod method = ctx.request().method();
    if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD)) {
      Answers.only(HttpMethod.GET, HttpMethod.HEAD).handle(ctx);
      return;
    }
    String path = ctx.normalizedPath();
    if (!path.startsWith(PATH)) {
      // Relative addresses in the page begin at the folder.
      ctx.response().setStatusCode(308).putHeader(HttpHeaders.LOCATION, PATH);
      Answers.end(ctx, Buffer.buffer());
      return;
    }
    ctx.vertx()
        .executeBlocking(() -> files.find(path.substring(PATH.length())), false)
        .onComplete(found -> answer(ctx, found), failure -> Problem.send(ctx, failure));
  }

  private static void answer(RoutingContext ctx, Optional<ConsoleFile> found) {
    if (found.isEmpty()) {
      Problem.send(ctx, 404, "the console has no such file");
      return;
    }
    ConsoleFile file = found.get();
    HttpServerResponse response = ctx.response();
    // Asked for again each time, so that page and gateway are always of one version.
    response
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
        .putHeader(HttpHeaders.ETAG, file.etag())
        .putHeader(POLICY, response.headers().get(POLICY) + TRUSTED);
    if (file.etag().equals(ctx.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
      response.setStatusCode(304);
      Answers.end(ctx, Buffer.buffer());
      return;
    }
    response.putHeader(HttpHeaders.CONTENT_TYPE, file.type());
    Answers.end(ctx, file.bytes().copy());
  }
}
