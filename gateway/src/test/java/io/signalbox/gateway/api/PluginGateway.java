package io.signalbox.gateway.api;

import static io.signalbox.gateway.api.TestGateway.await;

import io.signalbox.gateway.api.Calls.Reply;
import io.signalbox.gateway.ledger.AuditEntry;
import io.signalbox.gateway.plugins.MailJar;
import io.signalbox.gateway.plugins.NotedProviders;
import io.signalbox.gateway.security.Role;
import io.signalbox.loader.PluginFolder;
import io.signalbox.loader.PluginFolderSettings;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** A gateway with a watched plugins folder, and the calls that change it. */
public final class PluginGateway implements AutoCloseable {
  static final String MAIL = "/api/v1/plugins/mail";

  final Path dir;
  final NotedProviders providers = new NotedProviders();
  private final TestGateway gateway;
  private final Calls calls;
  private final PluginFolder folder;

  /** Starts it with its data and its plugins below a folder. */
  public static PluginGateway start(Path home, Map<String, String> settings) throws Exception {
    return new PluginGateway(home, settings);
  }

  private PluginGateway(Path home, Map<String, String> settings) throws Exception {
    dir = Files.createDirectories(home.resolve("plugins"));
    Path data = Files.createDirectories(home.resolve("data"));
    Map<String, String> keys =
        new HashMap<>(Map.of("plugins.dir", dir.toString(), "plugins.upload", "true"));
    keys.putAll(settings);
    gateway = TestGateway.start(data, keys);
    calls = new Calls(gateway.url());
    await(gateway.plugins().open());
    folder =
        new PluginFolder(
            PluginFolderSettings.of(dir, data)
                .withTimes(Duration.ofMillis(100), Duration.ofMillis(80), Duration.ofSeconds(5))
                .withKeeper(gateway.plugins().keeper()),
            providers);
    await(gateway.plugins().follow(folder));
    await(folder.start());
  }

  /** Writes a provider file that runs on the plugin. */
  public void configure(String id) throws Exception {
    Path draft = Files.writeString(dir.resolve(id + ".yaml.tmp"), "plugin: mail\n");
    Files.move(draft, dir.resolve(id + ".yaml"));
  }

  Path jar() {
    return dir.resolve("mail.jar");
  }

  /** Puts a jar into the folder past the API. */
  void drop(byte[] jar) throws Exception {
    MailJar.drop(jar, jar());
  }

  /** Where the API is reached. */
  public String url() {
    return gateway.url();
  }

  /** A token for it. */
  public String token(Role role) {
    return gateway.token(role);
  }

  /** Forgets an API key, so that the next who shows it waits for the ledger. */
  void forgetApiKey(String id) {
    gateway.forgetApiKey(id);
  }

  Reply upload(byte[] jar, String... headers) throws Exception {
    return put(MAIL, jar, headers);
  }

  Reply put(String path, byte[] body, String... headers) throws Exception {
    return calls.sendBytes(
        "PUT", path, BodyPublishers.ofByteArray(body), withToken(Role.ADMIN, headers));
  }

  Reply rollback(String body) throws Exception {
    return call("POST", MAIL + "/rollback", body, Role.ADMIN);
  }

  Reply call(String method, String path, String body, Role role, String... headers)
      throws Exception {
    return calls.send(method, path, body, withToken(role, headers));
  }

  JsonObject shown() throws Exception {
    return call("GET", MAIL, "", Role.ADMIN).json();
  }

  /** The audit log, oldest first, as {@code action outcome}. */
  List<String> audited() throws Exception {
    return auditTrail().stream().map(line -> line.action() + " " + line.outcome()).toList();
  }

  /** The audit log, oldest first. */
  List<AuditEntry> auditTrail() throws Exception {
    List<AuditEntry> newestFirst = await(gateway.ledger().auditLog().auditTrail(100));
    List<AuditEntry> lines = new ArrayList<>(newestFirst);
    Collections.reverse(lines);
    return lines;
  }

  private String[] withToken(Role role, String... headers) {
    String[] all = new String[headers.length + 2];
    all[0] = "authorization";
    all[1] = "Bearer " + gateway.token(role);
    System.arraycopy(headers, 0, all, 2, headers.length);
    return all;
  }

  @Override
  public void close() throws ExecutionException, TimeoutException {
    gateway.plugins().close();
    await(folder.unload());
    gateway.close();
  }
}
