package io.signalbox.provider.smtp;

import static io.signalbox.toolkit.Verdict.PROVIDER_FAULT;
import static io.signalbox.toolkit.Verdict.THROTTLED;
import static io.signalbox.toolkit.Verdict.TRANSIENT;
import static io.signalbox.toolkit.Verdict.UNKNOWN;
import static io.signalbox.toolkit.Verdict.rejected;

import io.signalbox.spi.ReasonClass;
import io.signalbox.toolkit.Verdict;
import java.util.List;
import java.util.Set;

/**
 * What a refusal means: by its class first, then by its enhanced code, then by its code. The README
 * has the same as a table.
 */
final class SmtpVerdicts {
  /** Our commands are not understood, or we must log in: nothing that another mail would mend. */
  private static final Set<Integer> OUR_FAULT = Set.of(500, 502, 503, 504, 530, 534, 535, 538, 555);

  /** We may not send through this server, in the words of the usual ones; in lower case. */
  private static final List<String> NO_RELAY =
      List.of("relay access denied", "relaying denied", "unable to relay");

  private SmtpVerdicts() {}

  static Verdict verdict(SmtpStage stage, SmtpReply reply) {
    if (!reply.refuses()) {
      // Not a reply at all. The message was sent at the last stage only, and then nobody can tell.
      return stage == SmtpStage.CONTENT ? UNKNOWN : TRANSIENT;
    }
    // Both are SendGrid's: a sender that is not authorised, and an account without credit.
    if (reply.code() == 403 || reply.says("maximum credits exceeded")) {
      return PROVIDER_FAULT;
    }
    if (reply.code() < 500) {
      return temporary(stage, reply);
    }
    return stage == SmtpStage.HANDSHAKE || isAboutUs(reply)
        ? PROVIDER_FAULT
        : permanent(stage, reply);
  }

  private static Verdict temporary(SmtpStage stage, SmtpReply reply) {
    boolean greylisted = reply.says("greylist") || reply.says("graylist");
    boolean loginServiceDown = stage == SmtpStage.HANDSHAKE && reply.code() == 454;
    if (greylisted || loginServiceDown) {
      return TRANSIENT;
    }
    return reply.subject() == 7 || reply.says("throttling") || reply.says("too many concurrent")
        ? THROTTLED
        : TRANSIENT;
  }

  private static boolean isAboutUs(SmtpReply reply) {
    boolean badSender = reply.isEnhanced(1, 7) || reply.isEnhanced(1, 8);
    if (badSender || OUR_FAULT.contains(reply.code())) {
      return true;
    }
    if (isAboutRecipient(reply)) {
      return false;
    }
    boolean login = reply.isEnhanced(7, 8);
    boolean domainNotProven = reply.subject() == 7 && reply.detail() >= 23 && reply.detail() <= 26;
    return login
        || domainNotProven
        || NO_RELAY.stream().anyMatch(reply::says)
        || isRefusedAccount(reply);
  }

  /** SES's 554s. Others say "Recipient address rejected: Access denied" of one recipient. */
  private static boolean isRefusedAccount(SmtpReply reply) {
    return reply.code() == 554
        && (reply.says("access denied") || reply.says("not verified"))
        && !reply.says("recipient address rejected");
  }

  /** Enhanced codes of an address or a mailbox; 5.4.1 is Exchange's for one that it lacks. */
  private static boolean isAboutRecipient(SmtpReply reply) {
    return reply.subject() == 1 || reply.subject() == 2 || reply.isEnhanced(4, 1);
  }

  private static Verdict permanent(SmtpStage stage, SmtpReply reply) {
    boolean tooLarge = reply.isEnhanced(3, 4) || reply.isEnhanced(2, 3);
    if (tooLarge || reply.subject() == 6) {
      return rejected(ReasonClass.INVALID_CONTENT);
    }
    if (stage == SmtpStage.SENDER) {
      return reply.code() == 552 ? rejected(ReasonClass.INVALID_CONTENT) : PROVIDER_FAULT;
    }
    if (stage != SmtpStage.RECIPIENT) {
      return rejected(ofMessage(reply));
    }
    return rejected(reply.enhanced() == null ? ofRecipient(reply.code()) : ofRecipient(reply));
  }

  /**
   * Only what says clearly that there is no such mailbox is a hard bounce: the recipient gets no
   * mail from then on.
   */
  private static ReasonClass ofRecipient(SmtpReply reply) {
    if (reply.isEnhanced(1, 3)) {
      return ReasonClass.INVALID_RECIPIENT;
    }
    if (reply.isEnhanced(2, 2)) {
      return ReasonClass.SOFT_BOUNCE;
    }
    boolean noMailbox = reply.subject() == 1 || reply.isEnhanced(2, 1) || reply.isEnhanced(4, 1);
    return noMailbox ? ReasonClass.HARD_BOUNCE : ReasonClass.BLOCKED;
  }

  private static ReasonClass ofRecipient(int code) {
    return switch (code) {
      case 501 -> ReasonClass.INVALID_RECIPIENT;
      case 552 -> ReasonClass.SOFT_BOUNCE;
      case 550, 551, 553 -> ReasonClass.HARD_BOUNCE;
      default -> ReasonClass.BLOCKED;
    };
  }

  /** Never a hard bounce: the recipient was taken, and what is refused now is this message. */
  private static ReasonClass ofMessage(SmtpReply reply) {
    if (reply.isEnhanced(2, 2)) {
      return ReasonClass.SOFT_BOUNCE;
    }
    boolean unfit = reply.enhanced() == null && (reply.code() == 501 || reply.code() == 552);
    return unfit ? ReasonClass.INVALID_CONTENT : ReasonClass.BLOCKED;
  }
}
