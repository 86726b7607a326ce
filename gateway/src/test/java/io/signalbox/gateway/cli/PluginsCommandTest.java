package io.signalbox.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.api.PluginGateway;
import io.signalbox.gateway.plugins.MailJar;
import io.signalbox.gateway.security.Role;
import io.signalbox.loader.check.Sha256;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code signalbox plugins} against a running server. */
class PluginsCommandTest {
  @TempDir private Path home;
  private PluginGateway gateway;
  private Path first;
  private Path second;

  @BeforeEach
  void start() throws Exception {
    gateway = PluginGateway.start(home, Map.of());
    first = Files.write(home.resolve("mail-1.0.jar"), MailJar.of("1.0"));
    second = Files.write(home.resolve("mail-1.1.jar"), MailJar.of("1.1"));
  }

  @AfterEach
  void stop() throws Exception {
    gateway.close();
  }

  @Test
  void addsListsRollsBackAndRemoves() throws Exception {
    assertThat(plugins("list").out()).contains("no plugins");
    Ran added = plugins("add", first.toString());
    assertThat(added.exitCode()).as(added.err()).isZero();
    assertThat(added.out()).contains("mail 1.0 is loaded").contains("no provider uses it");
    Ran unchanged = plugins("add", first.toString());
    assertThat(unchanged.exitCode()).isZero();
    assertThat(unchanged.out()).contains("was in use already");
    String before = Sha256.of(first);
    Ran replaced = plugins("add", second.toString(), "--replace", before, "--json");
    assertThat(replaced.json().getString("before")).as(replaced.err()).isEqualTo(before);

    Ran listed = plugins("list", "mail");
    assertThat(listed.out())
        .contains("mail", "1.1", "loaded", "SPI 1.0", "by upload of test")
        .contains("previous: 1.0 " + before)
        .contains("sha256 " + Sha256.of(second));
    JsonObject json = plugins("--json").json().getJsonArray("plugins").getJsonObject(0);
    assertThat(json.getString("version")).isEqualTo("1.1");

    Ran back = plugins("rollback", "mail", "--to", before);
    assertThat(back.exitCode()).as(back.err()).isZero();
    assertThat(back.out()).contains("mail 1.0");
    Ran removed = plugins("remove", "mail");
    assertThat(removed.exitCode()).as(removed.err()).isZero();
    assertThat(removed.out()).contains("plugins rollback mail puts it back");
    assertThat(plugins("rollback", "mail").exitCode()).isZero();
  }

  @Test
  void exitCodesAndMessagesSayWhatIsWrong() throws Exception {
    refused(65, "is no file", "add", home.resolve("none.jar").toString());
    Path text = Files.writeString(home.resolve("text.jar"), "no jar");
    refused(65, "is no jar that can be read", "add", text.toString());
    refused(65, "is no jar that can be read", "add", withoutTextualComment().toString());
    Path broken = Files.write(home.resolve("broken.jar"), MailJar.broken("3.0"));
    refused(65, "no licence", "add", broken.toString());
    refused(65, "plugins add JAR", "add");
    refused(65, "plugins rollback NAME", "rollback");
    refused(65, "no jar of that plugin", "remove", "mail");
    refused(65, "sha256 must be", "rollback", "mail", "--to", "x");
    assertThat(plugins("add", first.toString(), "--new").exitCode()).isZero();
    refused(1, "there is one of that name", "add", second.toString(), "--new");
    refused(1, "another jar than the present", "remove", "mail", "--replace", "0".repeat(64));
    Ran manager =
        Ran.run("plugins", "--url", gateway.url(), "--token", gateway.token(Role.MANAGER));
    assertThat(manager.exitCode()).isEqualTo(77);
  }

  private void refused(int exitCode, String message, String... words) {
    Ran ran = plugins(words);
    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(exitCode);
    assertThat(ran.err()).contains(message).doesNotContain("\tat ");
  }

  /** A jar whose manifest has a comment that is not UTF-8. */
  private Path withoutTextualComment() throws IOException {
    Path jar = home.resolve("comment.jar");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
      ZipEntry manifest = new ZipEntry(JarFile.MANIFEST_NAME);
      manifest.setComment("comment");
      out.putNextEntry(manifest);
    }
    byte[] whole = Files.readAllBytes(jar);
    whole[new String(whole, StandardCharsets.ISO_8859_1).indexOf("comment")] = (byte) 0xff;
    return Files.write(jar, whole);
  }

  private Ran plugins(String... words) {
    List<String> args = new ArrayList<>(List.of("plugins"));
    args.addAll(List.of(words));
    args.addAll(List.of("--url", gateway.url(), "--token", gateway.token(Role.ADMIN)));
    return Ran.run(args.toArray(String[]::new));
  }
}
