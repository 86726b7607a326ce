package io.signalbox.gateway.bus;

import io.signalbox.gateway.call.ProviderCall;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The forms of all calls. */
final class CallForms {
  private static final Map<String, CallForm<?, ?>> BY_NAME =
      all().collect(Collectors.toUnmodifiableMap(CallForm::name, Function.identity()));

  private static final Map<Class<?>, CallForm<?, ?>> BY_CALL =
      all().collect(Collectors.toUnmodifiableMap(CallForm::call, Function.identity()));

  private CallForms() {}

  private static Stream<CallForm<?, ?>> all() {
    return Stream.of(NumberForms.ALL, BookingForms.ALL).flatMap(List::stream);
  }

  static CallForm<?, ?> of(Class<?> call) {
    return Objects.requireNonNull(BY_CALL.get(call), "every call has a form");
  }

  /** The kind of a call. */
  static Class<? extends ProviderCall<?>> kind(ProviderCall<?> call) {
    return of(call.getClass()).call();
  }

  /**
   * The form of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static CallForm<?, ?> named(String name) {
    CallForm<?, ?> form = BY_NAME.get(name);
    if (form == null) {
      throw new IllegalArgumentException("this node knows no call " + name);
    }
    return form;
  }
}
