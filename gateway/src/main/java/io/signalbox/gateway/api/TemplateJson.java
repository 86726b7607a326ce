package io.signalbox.gateway.api;

import io.signalbox.gateway.ledger.Template;
import io.signalbox.gateway.ledger.TemplateSummary;
import io.signalbox.gateway.notification.Rendered;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON forms of templates. */
final class TemplateJson {
  private TemplateJson() {}

  static JsonObject list(String name, List<TemplateSummary> summaries) {
    JsonArray list = new JsonArray();
    summaries.forEach(summary -> list.add(write(summary)));
    return new JsonObject().put(name, list);
  }

  private static JsonObject write(TemplateSummary summary) {
    JsonObject json =
        new JsonObject().put("name", summary.name()).put("version", summary.version());
    putIfKnown(json, "description", summary.description());
    return json.put("default_locale", summary.defaultLocale())
        .put("locales", new JsonArray(summary.locales()))
        .put("created_at", TimelineJson.time(summary.createdAtMillis()))
        .put("created_by", summary.createdBy());
  }

  static JsonObject write(Template template) {
    return new JsonObject()
        .put("name", template.name())
        .put("version", template.version())
        .mergeIn(template.document().toJson())
        .put("created_at", TimelineJson.time(template.createdAtMillis()))
        .put("created_by", template.createdBy());
  }

  static JsonObject write(Rendered rendered) {
    JsonObject json =
        new JsonObject()
            .put("template", rendered.template())
            .put("template_version", rendered.version())
            .put("locale", rendered.locale());
    putIfKnown(json, "title", rendered.title());
    putIfKnown(json, "message", rendered.message());
    putIfKnown(json, "html", rendered.html());
    return json;
  }

  /** A version never changes, so its number is its tag. */
  static String tag(Template template) {
    return "\"" + template.version() + "\"";
  }

  private static void putIfKnown(JsonObject json, String name, @Nullable String value) {
    if (value != null) {
      json.put(name, value);
    }
  }
}
