package io.signalbox.simulator.core;

/** Numbers with a meaning of their own here, told by their last digits. */
public final class PhoneNumber {
  private PhoneNumber() {}

  /** Whether the API refuses this number at once. */
  public static boolean isRefused(String number) {
    return number.endsWith("0001");
  }

  /** Whether a message to this number is taken and then not delivered. */
  public static boolean isUndelivered(String number) {
    return number.endsWith("0002");
  }
}
