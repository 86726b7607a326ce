package io.signalbox.simulator.smtp;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** One connection to a mail server, line by line; an answer of null is the end of it. */
final class SmtpTalk implements AutoCloseable {
  private final Socket socket;
  private final BufferedReader lines;

  private SmtpTalk(Socket socket) throws IOException {
    this.socket = socket;
    this.lines =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Connected, greeted and introduced. */
  static SmtpTalk with(JsonObject account) throws IOException {
    Socket socket = new Socket(account.getString("host"), account.getInteger("port"));
    socket.setSoTimeout(10_000);
    SmtpTalk talk = new SmtpTalk(socket);
    talk.answer();
    talk.say("EHLO test.example");
    return talk;
  }

  void patience(Duration duration) throws IOException {
    socket.setSoTimeout((int) duration.toMillis());
  }

  String logIn(String username, String password) throws IOException {
    byte[] words = ("\0" + username + "\0" + password).getBytes(StandardCharsets.UTF_8);
    return say("AUTH PLAIN " + Base64.getEncoder().encodeToString(words));
  }

  /** The first answer that is no yes, or the answer to the content. */
  String mail(String recipient, String content) throws IOException {
    String answer = say("MAIL FROM:<orders@example.com>");
    if (!says(answer, "250")) {
      return answer;
    }
    answer = say("RCPT TO:<" + recipient + ">");
    if (!says(answer, "250")) {
      return answer;
    }
    answer = say("DATA");
    return says(answer, "354") ? say(content + "\r\n.") : answer;
  }

  String say(String line) throws IOException {
    socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    return answer();
  }

  private String answer() throws IOException {
    String line = lines.readLine();
    while (line != null && line.length() > 3 && line.charAt(3) == '-') {
      line = lines.readLine();
    }
    return line;
  }

  private static boolean says(String answer, String code) {
    return answer != null && answer.startsWith(code);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
