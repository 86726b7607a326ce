package io.signalbox.provider.calcom;

import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.ReasonClass;
import io.signalbox.testkit.ErrorCase;
import io.signalbox.testkit.Reply;
import java.time.Duration;
import java.util.List;

/** Cal.com's answers other than success. */
final class Refusals {
  static final String TAKEN =
      "One of the hosts either already has booking at this time or is not available";

  private Refusals() {}

  /** Those that the documents name, and what they mean to one who books. */
  static List<ErrorCase> documented(Reply slotTaken, Reply noEventType) {
    return List.of(
        ErrorCase.rejected("the user is not free", slotTaken, ReasonClass.SLOT_TAKEN)
            .withCode("BadRequestException"),
        ErrorCase.rejected(
            "a host is not free",
            TestAccount.error(400, "BadRequestException", TAKEN),
            ReasonClass.SLOT_TAKEN),
        ErrorCase.rejected(
            "conflict", TestAccount.error(409, "ConflictException", "x"), ReasonClass.SLOT_TAKEN),
        ErrorCase.rejected(
            "in the past",
            TestAccount.error(
                400, "BadRequestException", "Attempting to book a meeting in the past."),
            ReasonClass.INVALID_CONTENT),
        ErrorCase.rejected(
            "a field is not valid",
            TestAccount.error(400, "BadRequestException", "attendee.timeZone must be a timezone"),
            ReasonClass.INVALID_CONTENT),
        ErrorCase.rejected("no such event type", noEventType, ReasonClass.INVALID_CONTENT)
            .withCode("NotFoundException"),
        ErrorCase.of(
            "nothing of Cal.com there",
            Reply.json(404, "{\"message\":\"no route\"}"),
            OutcomeKind.PROVIDER_FAULT),
        ErrorCase.of("no such call of Cal.com", noRoute("POST"), OutcomeKind.PROVIDER_FAULT),
        ErrorCase.of(
            "bad key",
            TestAccount.error(401, "UnauthorizedException", "Invalid API key"),
            OutcomeKind.PROVIDER_FAULT),
        ErrorCase.of(
            "not allowed",
            TestAccount.error(403, "ForbiddenException", "not allowed"),
            OutcomeKind.PROVIDER_FAULT),
        ErrorCase.throttled("rate limit without a wait", tooMany(), null),
        ErrorCase.throttled(
            "rate limit with Retry-After",
            tooMany().withHeader("Retry-After", "7"),
            Duration.ofSeconds(7)),
        ErrorCase.throttled(
            "a reset later than the window",
            tooMany().withHeader("X-RateLimit-Reset-Default", "1767225600"),
            Duration.ofSeconds(60)),
        ErrorCase.of(
            "an error of the server may have booked",
            TestAccount.error(500, "InternalServerErrorException", "Internal server error"),
            OutcomeKind.UNKNOWN),
        ErrorCase.of(
            "one that is away may have booked",
            TestAccount.error(503, "ServiceUnavailableException", "Service unavailable"),
            OutcomeKind.UNKNOWN));
  }

  /** The answer to a path or a version that there is not: nothing is known of any booking. */
  static Reply noRoute(String method) {
    return TestAccount.error(
        404, "NotFoundException", "Cannot " + method + " /v2/bookings/bFJeNb2uX8ANpT3JL5EfXw");
  }

  static Reply tooMany() {
    return TestAccount.error(429, "TooManyRequestsException", "Too many requests");
  }
}
