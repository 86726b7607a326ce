package io.signalbox.spi.intake;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A template of the gateway, and what it is filled in with.
 *
 * @param name its name; it belongs to the notification's tenant
 * @param version which version; null for the newest
 * @param locale the wanted language, a tag as in BCP 47; null for the template's default
 * @param data what its tags show: texts, numbers, flags, lists and maps of the same; immutable from
 *     here on, for it travels by reference. What may be missing is left out
 */
public record TemplateChoice(
    String name, @Nullable Integer version, @Nullable String locale, Map<String, Object> data) {

  /**
   * Copies the map, which keeps its order.
   *
   * @param name {@link #name()}
   * @param version {@link #version()}
   * @param locale {@link #locale()}
   * @param data {@link #data()}
   */
  public TemplateChoice {
    Map<String, Object> copy = new LinkedHashMap<>();
    data.forEach(
        (variable, value) ->
            copy.put(
                Objects.requireNonNull(variable, "variable"),
                Objects.requireNonNull(value, "value of " + variable)));
    data = Collections.unmodifiableMap(copy);
  }

  /**
   * {@return the newest version of a template, in its default language}
   *
   * @param name its name
   * @param data what its tags show
   */
  public static TemplateChoice of(String name, Map<String, Object> data) {
    return new TemplateChoice(name, null, null, data);
  }

  @Override
  public String toString() {
    return "TemplateChoice[" + name + ", data masked]";
  }
}
