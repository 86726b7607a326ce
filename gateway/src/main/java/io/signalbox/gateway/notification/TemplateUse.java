package io.signalbox.gateway.notification;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a notification asks of a template.
 *
 * @param name of the template
 * @param version which version; null for the newest
 * @param locale the wanted language, a tag as in BCP 47; null for the template's default
 * @param data what its tags are filled with: texts, true and false, lists and maps of the same;
 *     numbers are texts as they were written
 * @param mail whether it may be sent by mail, which is what html is for
 */
public record TemplateUse(
    String name,
    @Nullable Integer version,
    @Nullable String locale,
    Map<String, Object> data,
    boolean mail) {

  @Override
  public String toString() {
    return "TemplateUse[" + name + ", data masked]";
  }
}
