package io.signalbox.simulator.vonage;

import io.signalbox.simulator.core.Answer;
import io.signalbox.simulator.core.ApiRequest;
import io.signalbox.simulator.core.Failure;
import io.signalbox.simulator.core.Handling;
import io.signalbox.simulator.core.PluginState;
import io.signalbox.simulator.core.RecentMessages;
import io.signalbox.simulator.core.RemoteApi;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;

/** The SMS API, the Messages API and the Reports API of one account, on one host. */
public final class VonageApi implements RemoteApi {
  static final String NETWORK = "23410";
  static final String PRICE = "0.03330000";

  private static final int MAX_BODY_BYTES = 1024 * 1024;
  private static final int RECENT = 20_000;
  private static final String SMS = "/sms/json";
  private static final String MESSAGES = "/v1/messages";
  private static final String REPORTS = "/v2/reports/records";

  private final VonageAccount account;
  private final SmsApi sms;
  private final MessagesApi messages;
  private final ReportsApi reports;

  /** The APIs of one account. */
  public VonageApi(VonageAccount account, PluginState state) {
    this.account = account;
    VonageSignature signature = new VonageSignature(account.signatureSecret());
    VonageCredentials credentials = new VonageCredentials(account, signature);
    RecentMessages<SentMessage> recent = new RecentMessages<>(RECENT);
    DeliveryReceipts receipts = new DeliveryReceipts(account, state, signature);
    this.sms = new SmsApi(state, credentials, recent, receipts);
    this.messages = new MessagesApi(account, state, credentials, recent);
    this.reports = new ReportsApi(account, state, credentials, recent);
  }

  @Override
  public String name() {
    return "vonage";
  }

  @Override
  public JsonObject account() {
    return account.toState();
  }

  @Override
  public int maxBodyBytes() {
    return MAX_BODY_BYTES;
  }

  @Override
  public Answer answer(ApiRequest request, Handling handling) {
    boolean post = request.method().equals(HttpMethod.POST);
    return switch (request.path()) {
      case SMS -> post ? sms.answer(request, handling) : Answer.empty(405);
      case MESSAGES -> post ? messages.answer(request, handling) : Answer.empty(405);
      case REPORTS ->
          request.method().equals(HttpMethod.GET) ? reports.answer(request) : Answer.empty(405);
      default -> VonageProblem.notFound();
    };
  }

  @Override
  public Answer failure(Failure failure, ApiRequest request, int retryAfterSeconds) {
    boolean smsApi = request.path().equals(SMS);
    return switch (failure) {
      case ERROR -> smsApi ? SmsStatus.INTERNAL_ERROR.answer() : VonageProblem.internalError();
      case THROTTLE ->
          smsApi ? SmsStatus.throttled(retryAfterSeconds).answer() : VonageProblem.throttled();
      case UNAVAILABLE -> Answer.empty(503);
      case TOO_LARGE -> Answer.empty(413);
    };
  }

  @Override
  public void close() {
    sms.close();
    messages.close();
  }
}
