package io.signalbox.simulator.smtp;

import io.signalbox.simulator.core.FaultMode;
import io.signalbox.simulator.core.MailAddress;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.subethamail.smtp.DropConnectionException;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.Session;

/** One mail on its way in. Runs on its session's thread, which may wait. */
final class MailTransaction implements MessageHandler {
  private final SmtpDesk desk;
  private final Session session;
  private final CountDownLatch closing;
  private final int maxBytes;
  private final long longestSilenceMillis;
  private final List<String> recipients = new ArrayList<>();
  private Turn turn = new Turn(FaultMode.OK, 0, 0);

  /**
   * A mail that begins.
   *
   * @param closing is at zero when the server closes and nobody may wait any more
   */
  MailTransaction(
      SmtpDesk desk,
      Session session,
      CountDownLatch closing,
      int maxBytes,
      long longestSilenceMillis) {
    this.desk = desk;
    this.session = session;
    this.closing = closing;
    this.maxBytes = maxBytes;
    this.longestSilenceMillis = longestSilenceMillis;
  }

  @Override
  public void from(String sender) throws RejectException {
    try {
      turn = desk.nextTurn();
    } catch (TimeoutException e) {
      throw stopping();
    }
    switch (turn.mode()) {
      case ERROR, BROWNOUT -> throw new RejectException(451, "4.3.0 Temporary service failure");
      case UNAVAILABLE ->
          throw new DropConnectionException(
              421, "4.3.2 Service not available, closing transmission channel");
      case THROTTLE ->
          throw new RejectException(
              450, "4.7.1 Too much mail, try again in " + turn.retryAfterSeconds() + " s");
      case OK, REFUSE, HANG, CUT, SLOW, SILENT, SWALLOW, REJECT, CUT_BEFORE, ERROR_AFTER -> {
        // The sender is fine; what goes wrong comes later.
      }
    }
  }

  @Override
  public void recipient(String recipient) throws RejectException {
    boolean unwanted =
        turn.mode() == FaultMode.REJECT
            || MailAddress.fateOf(recipient) == MailAddress.Fate.REFUSED;
    if (unwanted) {
      throw new RejectException(550, "5.1.1 <" + recipient + ">: no such user here");
    }
    recipients.add(recipient);
  }

  @Override
  public @Nullable String data(InputStream stream) throws RejectException, IOException {
    byte[] content = stream.readNBytes(maxBytes + 1);
    if (content.length > maxBytes) {
      throw new RejectException(552, "5.3.4 Message is too long");
    }
    if (turn.mode() == FaultMode.HANG) {
      pause(longestSilenceMillis);
      throw cut();
    }
    if (turn.mode() == FaultMode.CUT_BEFORE) {
      throw cut();
    }
    String queueId = take(content);
    if (turn.mode() == FaultMode.CUT) {
      throw cut();
    }
    if (turn.mode() == FaultMode.ERROR_AFTER) {
      throw new RejectException(451, "4.3.0 Temporary service failure");
    }
    pause(turn.latencyMillis());
    return "2.0.0 Ok: queued as " + queueId;
  }

  @Override
  public void done() {
    // Nothing is kept beyond a mail.
  }

  private String take(byte[] content) throws RejectException, IOException {
    try {
      return desk.take(recipients, ReadMail.of(content), turn.mode() != FaultMode.SWALLOW);
    } catch (MessagingException e) {
      throw new RejectException(550, "5.6.0 The content is no mail");
    } catch (TimeoutException e) {
      throw stopping();
    }
  }

  private DropConnectionException cut() throws IOException {
    session.closeSocket();
    return stopping();
  }

  private void pause(long millis) throws RejectException {
    try {
      if (closing.await(millis, TimeUnit.MILLISECONDS)) {
        throw stopping();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw stopping();
    }
  }

  private static DropConnectionException stopping() {
    return new DropConnectionException(421, "4.3.2 System shuts down");
  }
}
