package io.signalbox.deploy;

import io.signalbox.loader.PluginSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A plugin for e-mail that posts each text to a URL, together with the version that each of its two
 * classes believes to be; the second one is loaded at the first delivery only.
 */
final class EchoPlugin {
  static final String NAME = "echo";

  private static final String FACTORY =
      """
      package acme;
      import io.signalbox.spi.*;
      import java.util.Set;
      public final class Factory implements ProviderFactory {
        @Override public PluginDescriptor descriptor() {
          return new PluginDescriptor(
              "echo", "Echo $VERSION", Set.of(Channel.EMAIL), Set.of(), "", false, false);
        }
        @Override public Provider create(ProviderContext context) { return new Echo(context); }
      }
      """;

  private static final String ECHO =
      """
      package acme;
      import io.signalbox.spi.*;
      import io.vertx.core.Future;
      import io.vertx.core.http.*;
      final class Echo implements MessageProvider {
        private final HttpClient client;
        private final RequestOptions options;
        Echo(ProviderContext context) {
          client = context.vertx().createHttpClient();
          options = new RequestOptions().setMethod(HttpMethod.POST)
              .setAbsoluteURI(context.config().requiredText("url"));
        }
        @Override public Future<CheckResult> check() {
          return client.request(new RequestOptions(options).setMethod(HttpMethod.GET))
              .compose(HttpClientRequest::send)
              .map(answer -> CheckResult.healthy("$VERSION"));
        }
        @Override public Future<Outcome> deliver(DeliveryRequest message) {
          String body = "$VERSION " + Lazy.version() + " " + message.content().message();
          return client.request(options)
              .compose(request -> request.send(body))
              .map(a -> new Outcome.Sent(message.attemptId(), Evidence.answered(202, null, null)));
        }
        @Override public Future<Void> close() { return client.close(); }
      }
      """;

  private static final String LAZY =
      """
      package acme;
      final class Lazy {
        static String version() { return "$VERSION"; }
      }
      """;

  private EchoPlugin() {}

  /** The jar of a version. */
  static byte[] jar(String version) {
    try {
      Path jar = Files.createTempFile("echo", ".jar");
      PluginSource.plugin(NAME, version)
          .type("acme.Factory", FACTORY.replace("$VERSION", version))
          .type("acme.Echo", ECHO.replace("$VERSION", version))
          .type("acme.Lazy", LAZY.replace("$VERSION", version))
          .writeTo(jar);
      byte[] content = Files.readAllBytes(jar);
      Files.delete(jar);
      return content;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
