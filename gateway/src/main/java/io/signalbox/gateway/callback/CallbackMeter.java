package io.signalbox.gateway.callback;

/** Counts callbacks. Called on an event loop; must return at once. */
public interface CallbackMeter {

  /**
   * An attempt at an endpoint ended.
   *
   * @param result {@code delivered}, {@code retry}, {@code failed} or {@code skipped}
   */
  void callback(String result);

  /** An endpoint was disabled. */
  void callbackDisabled();
}
