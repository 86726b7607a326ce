/** Configuration: one file, the environment, and a record for each section. */
@NullMarked
package io.signalbox.gateway.config;

import org.jspecify.annotations.NullMarked;
