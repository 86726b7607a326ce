package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.ledger.Template;
import io.signalbox.gateway.ledger.TemplateDocument;
import io.signalbox.gateway.ledger.TemplateLedger;
import io.signalbox.gateway.ledger.TemplateLedger.How;
import io.signalbox.gateway.ledger.TemplateLedger.Written;
import io.signalbox.gateway.ledger.TemplatesFullException;
import io.signalbox.gateway.notification.NotificationParser;
import io.signalbox.gateway.notification.ParsedNotification;
import io.signalbox.gateway.notification.TemplateRules;
import io.signalbox.gateway.security.Access;
import io.signalbox.gateway.security.Caller;
import io.signalbox.gateway.template.Rendering;
import io.signalbox.gateway.template.Templates;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/templates}: texts of notifications, by language, in versions. */
final class TemplateRoutes {
  private static final String PATH = "/api/v1/templates";
  private static final String ONE = PATH + "/:name";
  private static final int MAX_BODY_BYTES = 1 << 20;
  private static final Buffer NO_BODY = Buffer.buffer("{}");

  private final Templates templates;
  private final TemplateLedger ledger;
  private final Clock clock;

  TemplateRoutes(ApiServices services) {
    this.templates = services.templates();
    this.ledger = templates.ledger();
    this.clock = services.clock();
  }

  void mount(Router router, Gate gate) {
    router.get(PATH).handler(gate.allow(Access.TEMPLATES_READ, this::list));
    router.get(ONE).handler(gate.allow(Access.TEMPLATES_READ, this::get));
    router.get(ONE + "/versions").handler(gate.allow(Access.TEMPLATES_READ, this::versions));
    router.post(ONE + "/preview").handler(gate.allow(Access.TEMPLATES_READ, this::preview));
    router.put(ONE).handler(gate.allow(Access.TEMPLATES_CHANGE, this::put));
    router.delete(ONE).handler(gate.allow(Access.TEMPLATES_CHANGE, this::remove));
  }

  private void list(RoutingContext ctx, Caller caller) {
    ledger
        .templates(caller.tenant())
        .onComplete(
            all -> Answers.json(ctx, 200, TemplateJson.list("templates", all)),
            failure -> Problem.send(ctx, failure));
  }

  private void versions(RoutingContext ctx, Caller caller) {
    ledger
        .versions(caller.tenant(), name(ctx))
        .onComplete(
            all -> {
              if (all.isEmpty()) {
                Problem.send(ctx, unknown());
              } else {
                Answers.json(ctx, 200, TemplateJson.list("versions", all));
              }
            },
            failure -> Problem.send(ctx, failure));
  }

  private void get(RoutingContext ctx, Caller caller) {
    String version = ctx.request().getParam("version");
    ledger
        .template(
            caller.tenant(),
            name(ctx),
            version == null ? TemplateLedger.NEWEST : Integer.parseInt(version))
        .onComplete(
            found ->
                found.ifPresentOrElse(
                    template ->
                        Etags.answer(ctx, TemplateJson.tag(template), TemplateJson.write(template)),
                    () -> Problem.send(ctx, unknown())),
            failure -> Problem.send(ctx, failure));
  }

  private void put(RoutingContext ctx, Caller caller) {
    String name = name(ctx);
    String wrong = TemplateRules.name(name);
    if (wrong != null) {
      throw new GatewayException(422, "the template's name " + wrong);
    }
    JsonBody.read(ctx, MAX_BODY_BYTES)
        .map(TemplateDocument::of)
        .compose(this::checked)
        .compose(document -> store(ctx, caller, name, document))
        .onComplete(written -> answer(ctx, written), failure -> Problem.send(ctx, failure));
  }

  private Future<TemplateDocument> checked(TemplateDocument document) {
    return templates
        .check(document)
        .map(
            problems -> {
              if (!problems.isEmpty()) {
                throw new InvalidBodyException("the template has mistakes", problems);
              }
              return document;
            });
  }

  private Future<Optional<Written>> store(
      RoutingContext ctx, Caller caller, String name, TemplateDocument document) {
    String match = ctx.request().getHeader(HttpHeaders.IF_MATCH);
    return ledger
        .by(Origin.act(ctx, caller, clock, "template.put"))
        .putTemplate(
            caller.tenant(),
            name,
            document,
            before -> require(match, before),
            caller.actor(),
            clock.millis())
        .recover(TemplateRoutes::tooMuch)
        // It may be stored also if the ledger's answer was lost.
        .onComplete(done -> templates.changed());
  }

  private static <T> Future<T> tooMuch(Throwable failure) {
    return Future.failedFuture(
        failure instanceof TemplatesFullException full
            ? new GatewayException(
                409,
                "the versions of all templates would take "
                    + full.bytes()
                    + " bytes, more than "
                    + TemplateLedger.MAX_BYTES
                    + "; remove a template first")
            : failure);
  }

  private static void answer(RoutingContext ctx, Optional<Written> written) {
    if (written.isEmpty()) {
      Problem.send(
          ctx,
          new GatewayException(
              409, "there are " + TemplateLedger.MAX_TEMPLATES + " templates; remove one first"));
      return;
    }
    Template template = written.get().template();
    ctx.response()
        .putHeader(HttpHeaders.ETAG, TemplateJson.tag(template))
        .putHeader(HttpHeaders.LOCATION, PATH + "/" + template.name());
    int status = written.get().how() == How.CREATED ? 201 : 200;
    Answers.json(ctx, status, TemplateJson.write(template));
  }

  private void remove(RoutingContext ctx, Caller caller) {
    String match = ctx.request().getHeader(HttpHeaders.IF_MATCH);
    ledger
        .by(Origin.act(ctx, caller, clock, "template.remove"))
        .removeTemplate(
            caller.tenant(), name(ctx), before -> require(match, before), clock.millis())
        .onComplete(done -> templates.changed())
        .onComplete(
            removed -> {
              if (removed) {
                Answers.json(ctx, 200, new JsonObject().put("removed", name(ctx)));
              } else {
                Problem.send(ctx, unknown());
              }
            },
            failure -> Problem.send(ctx, failure));
  }

  /** What is not there has no tag that could be named. */
  private static void require(@Nullable String match, Optional<Template> before) {
    if (before.isPresent()) {
      Etags.require(match, TemplateJson.tag(before.get()));
    } else if (match != null) {
      throw new GatewayException(412, "If-Match names a state of a template that is not there");
    }
  }

  private void preview(RoutingContext ctx, Caller caller) {
    Buffer body = JsonBody.bytes(ctx);
    ParsedNotification asked =
        NotificationParser.preview(body.length() == 0 ? NO_BODY : body, caller.tenant(), name(ctx));
    if (asked instanceof ParsedNotification.Templated templated) {
      templates
          .render(caller.tenant(), templated.use())
          .onComplete(rendering -> answer(ctx, rendering), failure -> Problem.send(ctx, failure));
    } else if (asked instanceof ParsedNotification.Invalid invalid) {
      Problem.send(ctx, invalid.status(), "the body has mistakes", invalid.problems());
    }
  }

  private static void answer(RoutingContext ctx, Rendering rendering) {
    if (rendering instanceof Rendering.Done done) {
      Answers.json(ctx, 200, TemplateJson.write(done.rendered()));
    } else if (rendering instanceof Rendering.Unknown) {
      Problem.send(ctx, unknown());
    } else if (rendering instanceof Rendering.Refused refused) {
      Problem.send(ctx, 422, "the template cannot be filled in", refused.problems());
    }
  }

  private static String name(RoutingContext ctx) {
    return Answers.pathParam(ctx, "name");
  }

  private static GatewayException unknown() {
    return new GatewayException(404, "there is no such template, or no such version of it");
  }
}
