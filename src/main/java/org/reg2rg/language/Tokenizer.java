package org.reg2rg.language;

/**
 * Text to ids and back. Special tokens that a prompt adds (image and region places) are no part of it: their ids start
 * at {@link #size()}, and the prompt cuts them out before a piece of text comes here.
 */
public interface Tokenizer {
    /**
     * Ids of one piece of text between special tokens, with nothing added at either end. A SentencePiece tokenizer puts
     * its leading space before each such piece.
     */
    int[] encode(String text);

    /** The text of these ids; special ids and ids from {@link #size()} on say nothing. */
    String decode(int[] ids);

    /** Number of ids. */
    int size();

    /** The id that starts a text. */
    int beginning();

    /** The id that ends a text. */
    int end();

    /** The id of what cannot be spelled. */
    int unknown();
}
