package io.signalbox.provider.webhook;

import io.signalbox.spi.ConfigReader;
import io.signalbox.toolkit.FormBody;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** The body of the requests: JSON, a form, or none. */
sealed interface BodyTemplate {
  /** The bytes of one request. */
  Buffer render(Values values);

  /** The media type; empty without a body. */
  String contentType();

  /** The name of a placeholder whose value cannot stand where it should. */
  default Optional<String> unfit(Values values) {
    return Optional.empty();
  }

  static BodyTemplate read(ConfigReader reader) {
    boolean json = reader.keys().contains("json");
    boolean form = reader.keys().contains("form");
    if (json && form) {
      reader.problem("form", "must not be there beside json");
    }
    if (json) {
      return new Json(JsonTemplate.parse(reader.object("json"), reader, "json"));
    }
    return form ? Form.read(reader.block("form")) : new None();
  }

  /** No body. */
  record None() implements BodyTemplate {
    @Override
    public Buffer render(Values values) {
      return Buffer.buffer();
    }

    @Override
    public String contentType() {
      return "";
    }
  }

  /** JSON. */
  record Json(JsonTemplate template) implements BodyTemplate {
    @Override
    public Buffer render(Values values) {
      return template.render(values).toBuffer();
    }

    @Override
    public String contentType() {
      return "application/json";
    }

    @Override
    public Optional<String> unfit(Values values) {
      return template.unfit(values);
    }
  }

  /**
   * A form; a field that is nothing but a placeholder without a value is left out.
   *
   * @param fields by name
   */
  record Form(Map<String, TextTemplate> fields) implements BodyTemplate {
    static Form read(ConfigReader reader) {
      Map<String, TextTemplate> fields = new TreeMap<>();
      for (String name : new TreeSet<>(reader.keys())) {
        TextTemplate template =
            TextTemplate.parse(
                reader.requiredText(name),
                reader,
                name,
                Values::isName,
                "must be one of the placeholders that the README lists, or {{tags.<name>}}");
        if (template.hasNumber()) {
          reader.problem(name, "must have its placeholders without :number, which is for JSON");
        }
        fields.put(name, template);
      }
      return new Form(fields);
    }

    @Override
    public Buffer render(Values values) {
      FormBody form = FormBody.empty();
      for (Map.Entry<String, TextTemplate> field : fields.entrySet()) {
        String only = field.getValue().onlyPlaceholder();
        if (only == null || values.text(only) != null) {
          form =
              form.with(field.getKey(), field.getValue().render(values, UnaryOperator.identity()));
        }
      }
      return form.toBuffer();
    }

    @Override
    public String contentType() {
      return "application/x-www-form-urlencoded";
    }
  }
}
