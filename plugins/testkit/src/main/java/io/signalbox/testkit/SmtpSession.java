package io.signalbox.testkit;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.parsetools.RecordParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One connection of a {@link FakeSmtpServer}. Lives on the connection's context alone. */
final class SmtpSession {
  private static final String OK = "250 2.0.0 Ok";

  private enum Mode {
    COMMANDS,
    LOGIN_USER,
    LOGIN_PASSWORD,
    CONTENT
  }

  private final FakeSmtpServer server;
  private final NetSocket socket;
  private final @Nullable TestCertificate certificate;
  private final List<String> recipients = new ArrayList<>();
  private final List<String> content = new ArrayList<>();

  private Future<Void> last = Future.succeededFuture();
  private Mode mode = Mode.COMMANDS;
  private boolean encrypted;
  private String sender = "";
  private @Nullable String user;
  private @Nullable String offeredUser;

  SmtpSession(
      FakeSmtpServer server,
      NetSocket socket,
      @Nullable TestCertificate certificate,
      boolean encrypted) {
    this.server = server;
    this.socket = socket;
    this.certificate = certificate;
    this.encrypted = encrypted;
  }

  void begin() {
    socket.exceptionHandler(e -> {});
    // Lines are worked off one after the other, whatever the time that an answer takes.
    socket.handler(
        RecordParser.newDelimited("\r\n", line -> then(line.toString(StandardCharsets.UTF_8))));
    last = answer(SmtpStage.GREETING, "220 fake.example ESMTP");
  }

  private void then(String line) {
    last = last.compose(done -> take(line)).otherwiseEmpty();
  }

  private Future<Void> take(String line) {
    return switch (mode) {
      case CONTENT -> contentLine(line);
      case LOGIN_USER -> {
        offeredUser = decoded(line);
        mode = Mode.LOGIN_PASSWORD;
        yield write("334 UGFzc3dvcmQ6");
      }
      case LOGIN_PASSWORD -> {
        mode = Mode.COMMANDS;
        yield loggedIn(offeredUser);
      }
      case COMMANDS -> command(line);
    };
  }

  private Future<Void> command(String line) {
    server.noteCommand(line);
    String verb = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
    return switch (verb) {
      case "EHLO", "HELO" -> answer(SmtpStage.EHLO, capabilities());
      case "STARTTLS" -> startTls();
      case "AUTH" -> authenticate(line.split(" "));
      case "RSET" -> {
        recipients.clear();
        yield answer(SmtpStage.RSET, OK);
      }
      case "MAIL" -> {
        sender = bracketed(line);
        recipients.clear();
        yield answer(SmtpStage.MAIL, "250 2.1.0 Ok");
      }
      case "RCPT" -> {
        recipients.add(bracketed(line));
        yield answer(SmtpStage.RCPT, "250 2.1.5 Ok");
      }
      case "DATA" -> data();
      case "QUIT" -> answer(SmtpStage.QUIT, "221 2.0.0 Bye").compose(said -> socket.close());
      default -> write("500 5.5.2 What?");
    };
  }

  private String capabilities() {
    List<String> lines = new ArrayList<>(List.of("fake.example"));
    if (certificate != null && !encrypted) {
      lines.add("STARTTLS");
    }
    lines.addAll(server.extensions());
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      boolean end = i == lines.size() - 1;
      text.append("250").append(end ? ' ' : '-').append(lines.get(i)).append(end ? "" : "\r\n");
    }
    return text.toString();
  }

  private Future<Void> startTls() {
    TestCertificate known = certificate;
    if (known == null) {
      return write("502 5.5.1 Not implemented");
    }
    return server
        .answerAt(SmtpStage.STARTTLS, "220 2.0.0 Go ahead")
        .compose(
            answer -> answer.text().startsWith("220") ? upgrade(answer, known) : perform(answer));
  }

  /** The socket says yes itself, when it is ready for the client's first bytes of TLS. */
  private Future<Void> upgrade(SmtpAnswer yes, TestCertificate known) {
    ServerSSLOptions options = new ServerSSLOptions().setKeyCertOptions(known.options());
    return socket
        .upgradeToSsl(options, Buffer.buffer(yes.text() + "\r\n"))
        .onSuccess(upgraded -> encrypted = true);
  }

  private Future<Void> authenticate(String[] words) {
    if (words.length == 3 && words[1].equals("PLAIN")) {
      String[] parts = decoded(words[2]).split("\0", -1);
      return loggedIn(parts.length == 3 ? parts[1] : null);
    }
    if (words.length == 2 && words[1].equals("LOGIN")) {
      mode = Mode.LOGIN_USER;
      return write("334 VXNlcm5hbWU6");
    }
    return write("504 5.5.4 Unknown mechanism");
  }

  private Future<Void> loggedIn(@Nullable String name) {
    return server
        .answerAt(SmtpStage.AUTH, "235 2.7.0 Welcome")
        .compose(
            answer -> {
              user = answer.text().startsWith("235") ? name : null;
              return perform(answer);
            });
  }

  private Future<Void> data() {
    return server
        .answerAt(SmtpStage.DATA, "354 Go on")
        .compose(
            answer -> {
              if (answer.text().startsWith("354")) {
                mode = Mode.CONTENT;
                content.clear();
              }
              return perform(answer);
            });
  }

  private Future<Void> contentLine(String line) {
    if (!line.equals(".")) {
      content.add(line.startsWith(".") ? line.substring(1) : line);
      return Future.succeededFuture();
    }
    mode = Mode.COMMANDS;
    server.note(new SeenMail(user, encrypted, sender, recipients, String.join("\r\n", content)));
    return answer(SmtpStage.CONTENT, "250 2.0.0 Ok: queued as 4F1A2");
  }

  private Future<Void> answer(SmtpStage stage, String otherwise) {
    return server.answerAt(stage, otherwise).compose(this::perform);
  }

  private Future<Void> perform(SmtpAnswer answer) {
    return switch (answer.manner()) {
      case SAY -> write(answer.text());
      case SAY_AND_CUT -> write(answer.text()).compose(said -> socket.close());
      case CUT -> socket.close();
      // Never completes, so that nothing that follows is looked at.
      case HANG -> Promise.<Void>promise().future();
    };
  }

  private Future<Void> write(String text) {
    return socket.write(text + "\r\n");
  }

  private static String decoded(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }

  private static String bracketed(String line) {
    return line.substring(line.indexOf('<') + 1, line.indexOf('>'));
  }
}
