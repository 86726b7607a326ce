package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.gateway.redis.TestRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code deploy/compose/make-secrets} makes opens the doors that it is for. */
@Timeout(300)
class ComposeSecretsIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path directory;

  @Test
  void aGatewayAndItsRedisAndItsScraperKnowEachOther() throws IOException {
    Path secrets = directory.resolve("secrets");
    for (String service : List.of("gateway", "postgres", "redis", "prometheus", "grafana")) {
      Files.createDirectories(secrets.resolve(service));
    }
    makeSecrets(secrets);
    Map<String, String> first = contents(secrets);
    assertThat(first)
        .containsOnlyKeys(
            "gateway/jwt.key",
            "gateway/postgres-password",
            "gateway/redis-password",
            "grafana/password",
            "postgres/password",
            "prometheus/token",
            "redis/users.acl")
        .containsEntry("postgres/password", first.get("gateway/postgres-password"));

    makeSecrets(secrets);
    Map<String, String> second = contents(secrets);
    first.remove("prometheus/token");
    String token = second.remove("prometheus/token").strip();
    assertThat(second).as("a second run keeps them").isEqualTo(first);

    GatewaySettings settings =
        GatewaySettings.in(directory.resolve("data"))
            .with("security.jwt_key_file", secrets.resolve("gateway/jwt.key"))
            .with("redis.user", "signalbox")
            .with("redis.password", "file:" + secrets.resolve("gateway/redis-password"));
    String users = secrets.resolve("redis/users.acl").toString();
    try (TestRedis redis = TestRedis.start(directory.resolve("redis"), "--aclfile", users);
        GatewayProcess gateway = GatewayProcess.start(settings.with("redis.urls", redis.url()))) {
      ApiClient scraper = new ApiClient(gateway.url(), token);
      await().atMost(LIMIT).until(() -> scraper.metric("redis_health") == 1);
      ApiClient nobody = new ApiClient(gateway.url(), "");
      assertThat(nobody.get("/metrics").status()).isEqualTo(401);
    }
  }

  private static void makeSecrets(Path secrets) {
    Map<String, String> environment =
        Map.of(
            "JAVA_HOME",
            JavaUnderTest.home(),
            "PATH",
            Distribution.home().resolve("bin") + ":" + System.getenv("PATH"),
            "SECRETS",
            secrets.toString());
    CommandRun run =
        CommandRun.script(
            "GATEWAY_USER=$(id -u) sh make-secrets", Path.of("compose"), environment, LIMIT);
    assertThat(run.exitCode()).as("%s", run).isZero();
  }

  private static Map<String, String> contents(Path folder) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(folder.relativize(file).toString(), Files.readString(file));
      }
    }
    return contents;
  }
}
