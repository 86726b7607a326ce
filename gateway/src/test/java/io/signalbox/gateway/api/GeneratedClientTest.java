package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.security.Role;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that a generator makes from the document works without a hand being laid on it. */
class GeneratedClientTest {
  /** Put there by Maven. */
  private static final Path TOOLS = Path.of("target", "client-generator");

  private static final Path GENERATOR = TOOLS.resolve("openapi-generator-cli.jar");
  private static final Path ANNOTATIONS = TOOLS.resolve("jakarta.annotation-api.jar");

  private static final String OPTIONS =
      "apiPackage=client,modelPackage=client,invokerPackage=client,openApiNullable=false,"
          + "useJakartaEe=true,annotationLibrary=none,documentationProvider=none,"
          + "hideGenerationTimestamp=true";

  private static final String USE =
      """
      import client.*;

      public final class Use {
        public static String run(String url, String token) throws Exception {
          ApiClient client = new ApiClient();
          client.updateBaseUri(url);
          client.setRequestInterceptor(r -> r.header("Authorization", "Bearer " + token));
          DefaultApi api = new DefaultApi(client);
          Notification notification =
              new Notification()
                  .notificationType("greeting")
                  .channel(Channel.EMAIL)
                  .recipientEmail("alex@example.com")
                  .title("Hello")
                  .message("It works.");
          Accepted accepted = api.send(notification, "key-1");
          Timeline timeline = api.timeline(accepted.getId());
          Accepted again = api.send(notification, "key-1");
          String problem;
          try {
            api.send(new Notification().notificationType("x").channel(Channel.SMS), null);
            problem = "none";
          } catch (ApiException e) {
            problem = Integer.toString(e.getCode());
          }
          return timeline.getState().getValue()
              + " " + accepted.getId().equals(timeline.getId())
              + " " + again.getDuplicate()
              + " " + timeline.getNotification().getTitle()
              + " " + problem;
        }
      }
      """;

  @TempDir private Path dir;

  @Test
  void itSendsANotificationAndReadsItsTimeline() throws Exception {
    Path sources = generate();
    Path classes = compile(sources);
    try (TestGateway gateway = TestGateway.start(dir.resolve("data"), Map.of());
        URLClassLoader loader =
            new URLClassLoader(
                new URL[] {url(classes), url(GENERATOR), url(ANNOTATIONS)},
                ClassLoader.getPlatformClassLoader())) {
      Object told =
          loader
              .loadClass("Use")
              .getMethod("run", String.class, String.class)
              .invoke(null, gateway.url(), gateway.token(Role.ADMIN));
      assertThat(told).isEqualTo("queued true true Hello 422");
    }
  }

  private Path generate() throws Exception {
    Path document = Files.write(dir.resolve("openapi.yaml"), OpenApiRoute.document().getBytes());
    Path log = dir.resolve("generator.log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-jar",
                GENERATOR.toString(),
                "generate",
                "-g",
                "java",
                "--library",
                "native",
                "-i",
                document.toString(),
                "-o",
                dir.resolve("client").toString(),
                "--global-property",
                "apis,models,supportingFiles,apiTests=false,modelTests=false,apiDocs=false,"
                    + "modelDocs=false",
                // The generator has no class for what is of one of two types.
                "--schema-mappings",
                "Notification_tags=Object,NotificationTags=Object,"
                    + "Notification_reply_to_inner=Object,NotificationReplyToInner=Object",
                "--additional-properties",
                OPTIONS)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended = process.waitFor(5, TimeUnit.MINUTES);
    process.destroyForcibly();
    assertThat(ended).as(Files.readString(log)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    return dir.resolve("client").resolve("src/main/java");
  }

  private Path compile(Path sources) throws Exception {
    Files.writeString(sources.resolve("Use.java"), USE);
    Path classes = Files.createDirectory(dir.resolve("classes"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
        Stream<Path> found = Files.walk(sources)) {
      List<Path> java = found.filter(each -> each.toString().endsWith(".java")).toList();
      List<String> options =
          List.of(
              "-proc:none",
              "-nowarn",
              "-cp",
              GENERATOR + System.getProperty("path.separator") + ANNOTATIONS,
              "-d",
              classes.toString());
      boolean done =
          compiler
              .getTask(
                  messages, files, null, options, null, files.getJavaFileObjectsFromPaths(java))
              .call();
      assertThat(done).as(messages.toString()).isTrue();
    }
    return classes;
  }

  private static URL url(Path path) throws Exception {
    return path.toUri().toURL();
  }
}
