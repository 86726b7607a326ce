/** What the web page for operators is made of: its files, and what its charts show. */
@NullMarked
package io.signalbox.gateway.console;

import org.jspecify.annotations.NullMarked;
