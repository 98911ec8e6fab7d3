package org.reg2rg.prompt;

/** Turns plain text into ids, with no id added at either end. */
@FunctionalInterface
public interface WordEncoder {
    int[] encode(String words);
}
