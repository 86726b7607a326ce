package io.signalbox.gateway.template;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * All that a template can reach: members of JSON objects, items of lists, texts, true and false. No
 * class is ever looked into. Thread-safe.
 */
final class JsonCollector implements Mustache.Collector, Mustache.Formatter {
  private static final Mustache.VariableFetcher MEMBER =
      (context, name) -> {
        Object value = context instanceof RenderRun.Scope scope ? scope.get(name) : null;
        return value == null ? Template.NO_FETCHER_FOUND : value;
      };

  /** What a section repeats; a section of an object or a text stands there once. */
  @Override
  public @Nullable Iterator<?> toIterator(Object value) {
    if (value instanceof RenderRun.Series series) {
      return series.iterator();
    }
    if (value instanceof List<?> none && none.isEmpty()) {
      return Collections.emptyIterator();
    }
    if (value instanceof String text) {
      return text.isEmpty() ? Collections.emptyIterator() : List.of(text).iterator();
    }
    return value instanceof RenderRun.Scope scope ? List.of(scope).iterator() : null;
  }

  @Override
  public Mustache.VariableFetcher createFetcher(Object context, String name) {
    return MEMBER;
  }

  @Override
  public <K, V> Map<K, V> createFetcherCache() {
    return new ConcurrentHashMap<>();
  }

  @Override
  public CharSequence format(Object value) {
    if (value instanceof RenderRun.Scope scope) {
      scope.notText();
      return "";
    }
    if (value instanceof RenderRun.Series series) {
      series.notText();
      return "";
    }
    return String.valueOf(value);
  }
}
