package io.signalbox.simulator;

import io.signalbox.simulator.calcom.CalComApi;
import io.signalbox.simulator.core.Ids;
import io.signalbox.simulator.core.ListenHost;
import io.signalbox.simulator.core.PluginFront;
import io.signalbox.simulator.core.PluginState;
import io.signalbox.simulator.core.ReceivedLog;
import io.signalbox.simulator.core.RemoteApi;
import io.signalbox.simulator.fivesim.FiveSimApi;
import io.signalbox.simulator.mailgun.MailgunApi;
import io.signalbox.simulator.messageapi.MessageApi;
import io.signalbox.simulator.postmark.PostmarkApi;
import io.signalbox.simulator.resend.ResendApi;
import io.signalbox.simulator.sendgrid.SendGridApi;
import io.signalbox.simulator.ses.SesApi;
import io.signalbox.simulator.smsactivate.SmsActivateApi;
import io.signalbox.simulator.smtp.SmtpFront;
import io.signalbox.simulator.telegram.TelegramApi;
import io.signalbox.simulator.twilio.TwilioApi;
import io.signalbox.simulator.vonage.VonageApi;
import io.signalbox.simulator.webhook.WebhookSender;
import io.signalbox.simulator.whatsapp.WhatsAppApi;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.PoolOptions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Puts the simulator together; everything it makes lives on its event loop. */
final class SimulatorVerticle extends VerticleBase {
  private static final int MAX_RECEIVED = 1_000_000;
  private static final int WEBHOOK_CONNECTIONS = 160;
  private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
  // All plugins together may fill these parts of the heap, and leave half of it.
  private static final long RECEIVED_PART = 3;
  private static final long WEBHOOK_PART = 6;

  private final SandboxState sandboxState;
  private final ListenHost host;
  private final int controlPort;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, SimulatedPlugin> plugins = new LinkedHashMap<>();
  private String controlUrl = "";

  SimulatorVerticle(SandboxState sandboxState, ListenHost host, int controlPort) {
    this.sandboxState = sandboxState;
    this.host = host;
    this.controlPort = controlPort;
  }

  /** Where control calls go; known when the start is done. */
  String controlUrl() {
    return controlUrl;
  }

  @Override
  public Future<?> start() {
    return vertx
        .executeBlocking(() -> sandboxState.load(random))
        .compose(this::open)
        .recover(e -> stop().transform(stopped -> Future.failedFuture(e)));
  }

  @Override
  public Future<?> stop() {
    List<Future<Void>> stops = new ArrayList<>();
    plugins.values().forEach(plugin -> stops.add(plugin.stop()));
    return Future.join(stops).mapEmpty();
  }

  private Future<Void> open(Accounts accounts) {
    HttpClient client =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout(CONNECT_TIMEOUT_MILLIS),
            new PoolOptions().setHttp1MaxSize(WEBHOOK_CONNECTIONS));
    List<Function<PluginState, RemoteApi>> apis =
        List.of(
            state -> new SendGridApi(accounts.sendgrid(), state),
            state -> new ResendApi(accounts.resend(), state),
            state -> new TwilioApi(accounts.twilio(), state),
            state -> new VonageApi(accounts.vonage(), state),
            state -> new TelegramApi(accounts.telegram(), state),
            state -> new WhatsAppApi(accounts.whatsapp(), state),
            state -> new MailgunApi(accounts.mailgun(), state),
            state -> new PostmarkApi(accounts.postmark(), state),
            state -> new MessageApi(accounts.webhook(), state),
            state -> new SesApi(accounts.ses(), state));
    List<Function<PluginState, PluginFront>> fronts = new ArrayList<>();
    apis.forEach(api -> fronts.add(state -> new HttpFront(vertx, api.apply(state), state)));
    fronts.add(state -> new SmtpFront(vertx, accounts.smtp(), state));
    // After all others, which keep their ports that way.
    List<Function<PluginState, RemoteApi>> operations =
        List.of(
            state -> new SmsActivateApi(accounts.smsactivate(), state),
            state -> new FiveSimApi(accounts.fivesim(), state),
            state -> new CalComApi(accounts.calcom(), state));
    operations.forEach(api -> fronts.add(state -> new HttpFront(vertx, api.apply(state), state)));
    int port = controlPort;
    for (Function<PluginState, PluginFront> front : fronts) {
      port = controlPort == 0 ? 0 : port + 1;
      PluginState state = state(client, fronts.size());
      SimulatedPlugin plugin = new SimulatedPlugin(vertx, front.apply(state), state, host, port);
      plugins.put(plugin.name(), plugin);
    }
    List<Future<Void>> starts = new ArrayList<>();
    plugins.values().forEach(plugin -> starts.add(plugin.start()));
    return Future.join(starts).compose(started -> listenForControl());
  }

  private PluginState state(HttpClient client, int plugins) {
    Clock clock = Clock.systemUTC();
    long share = Runtime.getRuntime().maxMemory() / plugins;
    return new PluginState(
        vertx,
        clock,
        System::nanoTime,
        new Ids(new SplittableRandom(random.nextLong())),
        new ReceivedLog(clock, MAX_RECEIVED, share / RECEIVED_PART),
        new WebhookSender(vertx, client, System::nanoTime, share / WEBHOOK_PART));
  }

  private Future<Void> listenForControl() {
    HttpServer server =
        vertx
            .createHttpServer(new HttpServerOptions().setHost(host.name()).setPort(controlPort))
            .requestHandler(new ControlApi(plugins).router(vertx));
    return server
        .listen()
        .map(
            listening -> {
              controlUrl = host.url("http", listening.actualPort());
              return null;
            });
  }
}
