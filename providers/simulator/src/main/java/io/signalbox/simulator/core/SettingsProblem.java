package io.signalbox.simulator.core;

/**
 * One thing wrong with a control call.
 *
 * @param pointer the field, as a JSON pointer
 * @param detail the rule it breaks
 */
public record SettingsProblem(String pointer, String detail) {}
