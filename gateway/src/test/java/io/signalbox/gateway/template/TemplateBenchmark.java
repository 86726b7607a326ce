package io.signalbox.gateway.template;

import io.signalbox.gateway.ledger.Template;
import io.signalbox.gateway.ledger.TemplateDocument;
import io.signalbox.gateway.ledger.TemplateParts;
import io.signalbox.gateway.notification.NotificationParser;
import io.signalbox.gateway.notification.ParsedNotification;
import io.signalbox.gateway.notification.Rendered;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a template adds to the reading of a notification, without the change of threads. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class TemplateBenchmark {
  private static final String HEAD =
      "{\"notification_type\":\"order\",\"channel\":\"email\",\"recipient_email\":\"a@example.org\",";
  private static final String ITEM = "{\"title\":\"A fine <thing>\",\"price\":12.50}";

  private final NotificationParser parser =
      new NotificationParser(Clock.systemUTC(), policy -> null);

  /** An order of three items, as a mail of title, text and HTML. */
  private final CompiledTemplate template =
      new CompiledTemplate(
          new Template(
              "default",
              "order",
              1,
              new TemplateDocument(
                  null,
                  "en",
                  Map.of(
                      "en",
                      new TemplateParts(
                          "Your order {{order}}",
                          "Dear {{name}}, {{#items}}{{title}} at {{price}}, {{/items}}thank you.",
                          "<h1>{{order}}</h1><p>Dear {{name}}</p><ul>{{#items}}<li>{{title}}:"
                              + " {{price}}</li>{{/items}}</ul>"))),
              1,
              "alex"));

  private final Buffer asked =
      Buffer.buffer(
          HEAD
              + "\"template\":\"order\",\"data\":{\"order\":\"4711\",\"name\":\"Alex\",\"items\":["
              + String.join(",", List.of(ITEM, ITEM, ITEM))
              + "]}}");

  private final ParsedNotification.Templated templated =
      (ParsedNotification.Templated) parser.parse(asked, "default", null);

  private final Buffer plain =
      plain(((Rendering.Done) template.render(templated.use())).rendered());

  private static Buffer plain(Rendered texts) {
    return new JsonObject(HEAD.replaceAll(",$", "}"))
        .put("title", texts.title())
        .put("message", texts.message())
        .put("html", texts.html())
        .toBuffer();
  }

  /** One that comes with its texts, the same as the template gives. */
  @Benchmark
  public ParsedNotification parsePlain() {
    return parser.parse(plain, "default", null);
  }

  /** The texts alone. */
  @Benchmark
  public Rendering render() {
    return template.render(templated.use());
  }

  /** All of it: read, filled in, and read again with its texts. */
  @Benchmark
  public ParsedNotification parseAndFill() {
    ParsedNotification.Templated read =
        (ParsedNotification.Templated) parser.parse(asked, "default", null);
    Rendering.Done done = (Rendering.Done) template.render(read.use());
    return parser.parse(read, done.rendered());
  }
}
