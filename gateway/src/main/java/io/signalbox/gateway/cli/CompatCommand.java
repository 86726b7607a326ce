package io.signalbox.gateway.cli;

import io.signalbox.gateway.authority.PrivateAuthority;
import io.signalbox.gateway.compat.Dialect;
import io.signalbox.gateway.compat.Dialects;
import io.signalbox.gateway.compat.HostTable;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "compat",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a private authority and a certificate of providers' host names, for",
      "compat.transparent_port. Asks no server.",
    },
    footer = {
      "",
      "  signalbox compat ca --out compat-ca",
      "  signalbox compat ca --out compat-ca --host api.dublin.ie1.twilio.com",
      "",
      "An authority that is in the folder is used, never replaced: the same command",
      "again renews the server's certificate, which the gateway reads by itself."
    })
final class CompatCommand implements Callable<Integer> {
  private static final Pattern HOST =
      Pattern.compile("(\\*\\.)?[a-z0-9]([a-z0-9-]{0,62})(\\.[a-z0-9]([a-z0-9-]{0,62}))+");

  @Mixin private Output output = new Output();

  @Parameters(index = "0", paramLabel = "VERB", description = "ca")
  private Verb verb = Verb.ca;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "folder of ca.pem, ca.key, server.pem and server.key")
  private Path folder = Path.of("");

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "one more host name of the server; can be repeated")
  private List<String> more = List.of();

  @Override
  public Integer call() {
    return switch (verb) {
      case ca -> makeAuthority();
    };
  }

  private int makeAuthority() {
    SortedSet<String> hosts = new TreeSet<>();
    SortedSet<String> domains = new TreeSet<>();
    for (Dialect dialect : Dialects.all()) {
      for (String host : dialect.hosts()) {
        if (HostTable.isPattern(host)) {
          domains.add(host.substring(host.lastIndexOf('}') + 2));
        } else {
          hosts.add(host);
        }
      }
    }
    more.forEach(host -> hosts.add(checked(host)));
    hosts.forEach(host -> domains.add(host.startsWith("*.") ? host.substring(2) : host));
    PrivateAuthority authority =
        new PrivateAuthority(folder, Clock.systemUTC(), new SecureRandom());
    try {
      PrivateAuthority.Made made = authority.vouch(domains, hosts);
      output.result(
          json(authority, made, hosts),
          json -> lines(authority, made, hosts).forEach(output::line));
    } catch (IOException e) {
      throw new CommandFailure(ExitCodes.FAILED, String.valueOf(e.getMessage()));
    }
    return 0;
  }

  private static String checked(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    if (!HOST.matcher(name).matches()) {
      throw new CommandFailure(
          ExitCodes.BAD_DATA, "--host must be a host name such as api.example.com, not " + host);
    }
    return name;
  }

  private static JsonObject json(
      PrivateAuthority authority, PrivateAuthority.Made made, SortedSet<String> hosts) {
    return new JsonObject()
        .put("authority", authority.authorityFile().toString())
        .put("authority_new", made.isNew())
        .put("authority_expires_at", made.authority().getNotAfter().toInstant().toString())
        .put("certificate", authority.serverFile().toString())
        .put("key", authority.keyFile().toString())
        .put("expires_at", made.server().getNotAfter().toInstant().toString())
        .put("hosts", new JsonArray(List.copyOf(hosts)));
  }

  private static List<String> lines(
      PrivateAuthority authority, PrivateAuthority.Made made, SortedSet<String> hosts) {
    Path ca = authority.authorityFile().toAbsolutePath();
    List<String> lines = new ArrayList<>();
    lines.add(
        (made.isNew() ? "A new authority" : "The authority as it was")
            + ", until "
            + made.authority().getNotAfter().toInstant()
            + ": "
            + ca);
    lines.add("Its key, to be kept where nobody else reads it: " + authority.secretFile());
    lines.add("A new certificate, until " + made.server().getNotAfter().toInstant() + ".");
    lines.add("");
    lines.add("1. At the gateway, in signalbox.yaml:");
    lines.add("     compat:");
    lines.add("       transparent_port: 443");
    lines.add("       transparent_cert_file: " + authority.serverFile().toAbsolutePath());
    lines.add("       transparent_key_file: " + authority.keyFile().toAbsolutePath());
    lines.add("2. Where the application runs, lead the providers' names to the gateway");
    lines.add("   (/etc/hosts, extra_hosts, DNS), those that it uses:");
    hosts.forEach(host -> lines.add("     GATEWAY_ADDRESS " + host));
    lines.add("3. Have the application trust ca.pem alone, never its key. Node:");
    lines.add("     NODE_EXTRA_CA_CERTS=" + ca);
    lines.add("   Java, with the authorities that it trusted before:");
    lines.add("     cp \"$JAVA_HOME/lib/security/cacerts\" trusted");
    lines.add("     keytool -importcert -noprompt -alias signalbox -file " + ca + " \\");
    lines.add("       -keystore trusted -storepass changeit");
    lines.add("     java -Djavax.net.ssl.trustStore=trusted \\");
    lines.add("       -Djavax.net.ssl.trustStorePassword=changeit ...");
    return lines;
  }

  /** The names are what is typed. */
  enum Verb {
    ca
  }
}
