package io.signalbox.gateway.bus;

import io.signalbox.gateway.call.ProviderCall;
import io.vertx.core.json.JsonObject;
import java.util.function.Function;

/**
 * How one kind of call is written for another node, and what it gives.
 *
 * @param call the kind
 * @param writeCall the call's fields
 * @param readCall the call of its fields
 * @param writeValue the fields of what it gives
 * @param readValue what it gives, of its fields
 */
record CallForm<C extends ProviderCall<T>, T>(
    Class<C> call,
    Function<C, JsonObject> writeCall,
    Function<JsonObject, C> readCall,
    Function<T, JsonObject> writeValue,
    Function<JsonObject, T> readValue) {

  /** On the wire. */
  String name() {
    return call.getSimpleName();
  }

  JsonObject callFields(ProviderCall<?> one) {
    return writeCall.apply(call.cast(one));
  }

  /** The fields of a value of this kind of call; any other is a mistake. */
  @SuppressWarnings("unchecked") // An answer is of its call's type.
  JsonObject valueFields(Object value) {
    return writeValue.apply((T) value);
  }
}
