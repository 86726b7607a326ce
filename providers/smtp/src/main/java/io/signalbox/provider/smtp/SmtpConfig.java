package io.signalbox.provider.smtp;

import io.signalbox.spi.ConfigReader;
import io.signalbox.spi.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Configuration of an SMTP provider.
 *
 * @param host {@code host}
 * @param port {@code port}; by default the usual one of the security
 * @param security {@code security}
 * @param caFile {@code ca_file}: PEM file of authorities to trust instead of the usual ones
 * @param login {@code username} and {@code password}; null where the server asks for none
 * @param authMethods {@code auth_methods} that may be used
 * @param ehloName {@code ehlo_name}; null for the name of this machine
 * @param from {@code from}: address of the header, and of the envelope unless there is another
 * @param fromName {@code from_name}; null for none
 * @param envelopeFrom {@code envelope_from}: where bounces go
 * @param maxConnections {@code max_connections}
 * @param mailsPerConnection {@code mails_per_connection}
 * @param keepAlive {@code keep_alive}: how long an idle connection is kept
 * @param silence {@code silence}: a connection on which nothing moves for so long is closed
 * @param maxContentBytes {@code max_content_bytes}: subject, text and HTML together, unencoded
 */
record SmtpConfig(
    String host,
    int port,
    SmtpSecurity security,
    @Nullable Path caFile,
    @Nullable Login login,
    List<String> authMethods,
    @Nullable String ehloName,
    String from,
    @Nullable String fromName,
    String envelopeFrom,
    int maxConnections,
    int mailsPerConnection,
    Duration keepAlive,
    Duration silence,
    int maxContentBytes) {

  /** Whom we log in as. */
  record Login(String username, Secret password) {}

  private static final List<String> KNOWN_METHODS =
      List.of(
          "PLAIN",
          "LOGIN",
          "CRAM-MD5",
          "CRAM-SHA1",
          "CRAM-SHA256",
          "DIGEST-MD5",
          "NTLM",
          "XOAUTH2");
  private static final List<String> USUAL_METHODS = List.of("PLAIN", "LOGIN");
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);
  private static final Duration SILENCE = Duration.ofSeconds(60);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  static SmtpConfig read(ConfigReader reader) {
    SmtpSecurity security =
        SmtpSecurity.ofCode(
            reader.oneOf("security", SmtpSecurity.STARTTLS.code(), SmtpSecurity.codes()));
    String from = address(reader, "from", reader.requiredText("from"));
    SmtpConfig config =
        new SmtpConfig(
            word(reader, "host", reader.requiredText("host")),
            (int) reader.integer("port", security.usualPort(), 1, 65_535),
            security,
            caFile(reader, security),
            login(reader),
            authMethods(reader),
            reader.text("ehlo_name").map(name -> word(reader, "ehlo_name", name)).orElse(null),
            from,
            reader.text("from_name").orElse(null),
            reader
                .text("envelope_from")
                .map(text -> address(reader, "envelope_from", text))
                .orElse(from),
            (int) reader.integer("max_connections", 10, 1, 1000),
            (int) reader.integer("mails_per_connection", 100, 1, 1_000_000),
            reader.duration("keep_alive", KEEP_ALIVE, SECOND, LONGEST),
            reader.duration("silence", SILENCE, SECOND, LONGEST),
            (int) reader.integer("max_content_bytes", 10 << 20, 1024, 100 << 20));
    reader.finish();
    return config;
  }

  private static @Nullable Login login(ConfigReader reader) {
    Optional<String> username = reader.text("username");
    Optional<Secret> password = reader.secret("password");
    if (username.isPresent() != password.isPresent()) {
      reader.problem(
          username.isPresent() ? "password" : "username",
          "is required where the other of username and password is given");
    }
    return username.isPresent() && password.isPresent()
        ? new Login(username.get(), password.get())
        : null;
  }

  private static List<String> authMethods(ConfigReader reader) {
    List<String> methods = reader.texts("auth_methods");
    if (!KNOWN_METHODS.containsAll(methods)) {
      reader.problem("auth_methods", "must be some of " + String.join(", ", KNOWN_METHODS));
    }
    return methods.isEmpty() ? USUAL_METHODS : methods;
  }

  private static @Nullable Path caFile(ConfigReader reader, SmtpSecurity security) {
    Optional<Path> file = reader.text("ca_file").map(Path::of);
    if (file.isPresent() && security == SmtpSecurity.NONE) {
      reader.problem("ca_file", "is of no use with security none");
    } else if (file.isPresent() && !Files.isReadable(file.get())) {
      reader.problem("ca_file", "must be a PEM file that can be read");
    }
    return file.orElse(null);
  }

  private static String address(ConfigReader reader, String key, String text) {
    if (!text.isEmpty() && MailAddress.of(text).isEmpty()) {
      reader.problem(key, "must be a mail address alone; its name goes to from_name");
    }
    return MailAddress.of(text).orElse(text);
  }

  /** What becomes a part of a command must not be able to end it. */
  private static String word(ConfigReader reader, String key, String text) {
    if (!text.chars().allMatch(c -> c > ' ' && c < 127)) {
      reader.problem(key, "must be a name or an address without spaces");
    }
    return text;
  }

  @Override
  public String toString() {
    return "SmtpConfig[" + host + ":" + port + ", " + security.code() + "]";
  }
}
