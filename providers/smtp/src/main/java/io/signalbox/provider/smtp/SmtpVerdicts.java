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

  /** Words of documented refusals that are about us and not about this mail, in lower case. */
  private static final List<String> WORDS_ABOUT_US =
      List.of("relay", "access denied", "not verified");

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
    boolean login = reply.isEnhanced(7, 8);
    boolean domainNotProven = reply.subject() == 7 && reply.detail() >= 23 && reply.detail() <= 26;
    return badSender
        || login
        || domainNotProven
        || OUR_FAULT.contains(reply.code())
        || WORDS_ABOUT_US.stream().anyMatch(reply::says);
  }

  private static Verdict permanent(SmtpStage stage, SmtpReply reply) {
    boolean tooLarge = reply.isEnhanced(3, 4) || reply.isEnhanced(2, 3);
    if (tooLarge || reply.subject() == 6) {
      return rejected(ReasonClass.INVALID_CONTENT);
    }
    if (stage == SmtpStage.SENDER) {
      return reply.code() == 552 ? rejected(ReasonClass.INVALID_CONTENT) : PROVIDER_FAULT;
    }
    if (reply.subject() == 1) {
      return rejected(
          reply.detail() == 3 ? ReasonClass.INVALID_RECIPIENT : ReasonClass.HARD_BOUNCE);
    }
    if (reply.subject() == 2) {
      return rejected(reply.detail() == 2 ? ReasonClass.SOFT_BOUNCE : ReasonClass.HARD_BOUNCE);
    }
    return reply.subject() == 7
        ? rejected(ReasonClass.BLOCKED)
        : rejected(byCode(stage, reply.code()));
  }

  private static ReasonClass byCode(SmtpStage stage, int code) {
    boolean recipient = stage == SmtpStage.RECIPIENT;
    return switch (code) {
      case 501 -> recipient ? ReasonClass.INVALID_RECIPIENT : ReasonClass.INVALID_CONTENT;
      case 552 -> recipient ? ReasonClass.SOFT_BOUNCE : ReasonClass.INVALID_CONTENT;
      case 550 -> recipient ? ReasonClass.HARD_BOUNCE : ReasonClass.BLOCKED;
      case 521, 551, 553, 556 -> ReasonClass.HARD_BOUNCE;
      default -> ReasonClass.BLOCKED;
    };
  }
}
