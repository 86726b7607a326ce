package io.signalbox.provider.mailgun;

import io.signalbox.toolkit.Correlation;
import io.signalbox.toolkit.FormBody;
import io.signalbox.toolkit.Utf8;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The parameters that begin with {@code o:}, {@code h:} and {@code v:}, which Mailgun limits to 16
 * KB in all. Labels are no reason to refuse a mail: those that do not fit stay here.
 */
final class SendOptions {
  static final int MAX_BYTES = 16 * 1024;
  static final int MAX_TAGS = 10;
  static final int MAX_TAG_CHARACTERS = 128;

  /** What the gateway gives a label that has no value of its own. */
  private static final String LABEL = "true";

  private final List<FormBody.Field> fields = new ArrayList<>();
  private long bytes;
  private int tags;

  /** One that always goes along; there is room for all of these. */
  SendOptions add(String name, String value) {
    FormBody.Field field = new FormBody.Field(name, value);
    fields.add(field);
    bytes += size(field);
    return this;
  }

  /** Labels become tags, labels with a value become variables, in the order of their names. */
  SendOptions addTags(Map<String, String> labels) {
    new TreeMap<>(labels)
        .forEach(
            (name, value) -> {
              if (value.equals(LABEL)) {
                addTag(name);
              } else if (!name.equals(Correlation.NAME)) {
                addIfItFits(new FormBody.Field("v:" + name, value));
              }
            });
    return this;
  }

  FormBody appendTo(FormBody form) {
    List<FormBody.Field> all = new ArrayList<>(form.fields());
    all.addAll(fields);
    return new FormBody(all);
  }

  private void addTag(String tag) {
    boolean plain = tag.chars().allMatch(c -> c >= ' ' && c < 127);
    if (plain && tag.length() <= MAX_TAG_CHARACTERS && tags < MAX_TAGS) {
      tags += addIfItFits(new FormBody.Field("o:tag", tag)) ? 1 : 0;
    }
  }

  private boolean addIfItFits(FormBody.Field field) {
    boolean fits = bytes + size(field) <= MAX_BYTES;
    if (fits) {
      add(field.name(), field.value());
    }
    return fits;
  }

  private static long size(FormBody.Field field) {
    return Utf8.bytes(field.name() + field.value());
  }
}
