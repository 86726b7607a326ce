package io.signalbox.deploy.resilience;

/**
 * One request to a provider, by whichever system.
 *
 * @param number whose message it is
 * @param beganAtMillis since 1970
 * @param sent whether the system took it for sent
 * @param possibleDuplicate whether the system knew that an earlier one may have arrived
 */
record Attempt(
    int number, String provider, long beganAtMillis, boolean sent, boolean possibleDuplicate) {}
