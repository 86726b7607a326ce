package io.signalbox.loader.leak;

import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The caches of the mapper with which Vert.x turns JSON into objects, where Jackson databind is on
 * the class path: whoever calls {@code JsonObject.mapTo} or {@code mapFrom} has the classes kept
 * there for ever. Jackson 2.18 has no call that clears them all, so its fields are reached for;
 * they fill again by themselves.
 */
final class JacksonCaches {
  private static final Logger log = LoggerFactory.getLogger(JacksonCaches.class);

  private JacksonCaches() {}

  static void clear() {
    try {
      Object mapper =
          Class.forName("io.vertx.core.json.jackson.DatabindCodec")
              .getMethod("mapper")
              .invoke(null);
      call(Insides.get(mapper, "_rootDeserializers"), "clear");
      Object deserializers = Insides.get(Insides.get(mapper, "_deserializationContext"), "_cache");
      call(Insides.get(deserializers, "_cachedDeserializers"), "clear");
      call(Insides.get(deserializers, "_incompleteDeserializers"), "clear");
      call(Insides.get(Insides.get(mapper, "_serializerProvider"), "_serializerCache"), "flush");
      call(Insides.get(mapper, "_typeFactory"), "clearCache");
    } catch (ClassNotFoundException | NoClassDefFoundError e) {
      log.debug("without Jackson databind there is nothing to clear");
    } catch (InvocationTargetException | IllegalAccessException | NoSuchMethodException e) {
      log.warn("the caches of Jackson cannot be cleared: {}", e.toString());
    }
  }

  private static void call(@Nullable Object owner, String method)
      throws InvocationTargetException, IllegalAccessException, NoSuchMethodException {
    if (owner != null) {
      owner.getClass().getMethod(method).invoke(owner);
    }
  }
}
